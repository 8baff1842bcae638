# SPDX-License-Identifier: Apache-2.0
"""Executes the workload with a mapper of Python: a line of JSON is a request, a line of JSON the answer to it.

    workload.py rom|walrus|sqlalchemy PLACE

PLACE is the unix socket of a Redis server, or the file of an SQLite database.
"""

import importlib
import json
import sys
import threading
import time
import traceback

import dataset


class Answer:
    def __init__(self):
        self.rows = 0
        self.digest = 0

    def add_rows(self, rows):
        for row in rows:
            self.rows += 1
            self.digest += row.id * 31 + row.memory_mb

    def add_pair(self, row, metadata):
        self.rows += 1
        self.digest += row.id * 31 + row.memory_mb + metadata.id

    def add_value(self, value):
        self.rows += 1
        self.digest += value


def execute(mapper, operation, iteration, count, answer):
    if operation == "b.get":
        answer.add_rows([mapper.get(dataset.key(operation, iteration, count))])
    elif operation == "b.mget100":
        answer.add_rows(mapper.get_many(dataset.keys(iteration, count)))
    elif operation == "c.host":
        answer.add_rows(mapper.of_host(dataset.host(dataset.seed(operation, iteration) % 100)))
    elif operation == "d.first":
        answer.add_rows(mapper.page(dataset.host(dataset.seed(operation, iteration) % 100), None))
    elif operation == "d.next":
        marker = dataset.row(dataset.key(operation, iteration, count), count)
        answer.add_rows(mapper.page(marker["host"], marker))
    elif operation == "e.join":
        mapper.join(dataset.project(dataset.seed(operation, iteration) % 1000), answer.add_pair)
    elif operation == "g.scan":
        answer.add_rows(mapper.scan())
    elif operation == "h.count":
        answer.add_value(mapper.count())
    elif operation == "h.count_host":
        answer.add_value(mapper.count_of_host(dataset.host(dataset.seed(operation, iteration) % 100)))
    elif operation == "h.sum":
        answer.add_value(mapper.sum())
    elif operation == "f.rmw":
        mapper.update(dataset.key(operation, iteration, count), iteration)
        answer.rows += 1
    else:
        raise ValueError(operation)


def update_by_many(mapper, operation, iterations, count):
    """By eight threads: both mappers on Redis give each a connection of its own."""
    failures = []

    def work(client):
        try:
            for iteration in iterations:
                if iteration % 8 == client:
                    mapper.update(1 if operation == "f.hot8" else dataset.key(operation, iteration, count), iteration)
        except Exception:
            failures.append(traceback.format_exc())

    threads = [threading.Thread(target=work, args=(client,)) for client in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise RuntimeError(failures[0])


def run(mapper, operation, iterations, count):
    answer = Answer()
    if operation in ("f.hot8", "f.rand8"):
        start = time.perf_counter()
        update_by_many(mapper, operation, iterations, count)
        answer.rows = len(iterations)
    elif operation in dataset.INSERTED:
        inputs = [[dataset.row(id, count) for id in dataset.inserted(operation, i, count)] for i in iterations]
        start = time.perf_counter()
        for rows in inputs:
            mapper.insert(rows)
            answer.rows += len(rows)
    else:
        start = time.perf_counter()
        for iteration in iterations:
            execute(mapper, operation, iteration, count, answer)
    seconds = time.perf_counter() - start
    return {"rows": answer.rows, "digest": answer.digest, "seconds": seconds}


def main(name, place):
    mapper = importlib.import_module("with_" + name).Mapper(place)
    count = 0
    for line in sys.stdin:
        request = json.loads(line)
        command = request["command"]
        reply = {"rows": 0, "digest": 0, "seconds": 0.0}
        try:
            iterations = range(request["first"], request["end"])
            if command == "load":
                count = request["end"]
                mapper.load(count)
            elif command == "run":
                reply = run(mapper, request["operation"], iterations, count)
            elif command == "remove":
                reply["rows"] = mapper.remove_inserted(count)
            elif command == "version":
                reply["digest"] = mapper.version(request["first"])
            else:
                raise ValueError(command)
        except Exception:
            reply["failure"] = traceback.format_exc()
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
