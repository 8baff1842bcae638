// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Rome
  import Testing

  /// The code of *Transactions*.
  @Suite struct TransactionsTests {
    @Entity("accounts")
    final class Account {
      @PrimaryKey var id: Int?
      @Unique var owner: String
      var balance: Int = 50
    }

    @Entity("orders")
    final class Order {
      @PrimaryKey var id: Int?
      var article: String
      var isWaiting: Bool = false
    }

    private struct OutOfStock: Error {}

    private func reserve(_ order: Order, in session: RomeSession) async throws {
      order.article = "taken"
      session.add(Account(owner: "never"))
      throw OutOfStock()
    }

    private func session() async throws -> RomeSession {
      let session = RomeSession(MemoryStore())
      session.addAll([Account(owner: "a"), Account(owner: "b")])
      try await session.commit()
      return session
    }

    @Test func aTransfer() async throws {
      let session = try await session()

      try await session.transaction { session in
        guard let from = try await session.get(Account.self, 1), let to = try await session.get(Account.self, 2) else { return }
        from.balance -= 10
        to.balance += 10
      }

      let balances = try await RomeSession(session.store).query(Account.self).order(by: Account.id).all().map(\.balance)
      #expect(balances == [40, 60])
    }

    @Test func errorsHaveCodes() async throws {
      let session = try await session()
      session.add(Account(owner: "a"))
      var isCaught = false

      do {
        try await session.commit()
      } catch where error.code == .uniqueViolation {
        print("\(error.entity ?? "") has such a row already: \(error.index ?? "")")
        isCaught = error.entity == "accounts" && error.index == "uq_owner"
      }

      #expect(isCaught)
    }

    @Test func savepoints() async throws {
      let session = try await session()

      try await session.transaction { session in
        let order = Order(article: "globe")
        session.add(order)
        do {
          try await session.transaction { session in try await reserve(order, in: session) }
        } catch is OutOfStock {
          order.isWaiting = true
        }
      }

      let check = RomeSession(session.store)
      let order = try await check.query(Order.self).one()
      #expect(order.article == "globe" && order.isWaiting)
      #expect(try await check.query(Account.self).count() == 2)
    }
  }
#endif
