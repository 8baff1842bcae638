import Rome
