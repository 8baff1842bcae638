// SPDX-License-Identifier: Apache-2.0

#if Macros
  import Rome
  import RomeTesting
  import Testing

  extension Documented {
    /// The code of *Errors*.
    @Suite struct ErrorsTests {
      private func commitThatMustBeUnique(_ session: RomeSession) async throws(RomeError) {
        do {
          session.add(Book(isbn: "1", title: "Prelude to Foundation", price: 9))
          try await session.commit()
        } catch {
          switch error.code {
          case .uniqueViolation: print("there is such a row already: \(error.entity ?? "") \(error.index ?? "")")
          case .conflict: print("somebody was faster; do it again")
          default: throw error
          }
        }
      }

      @Test func theCodeSaysWhatHappened() async throws {
        let session = try await library()
        try await commitThatMustBeUnique(session)
        #expect(session.hasChanges)
        session.rollback()
        #expect(try await session.query(Book.self).count() == 6)
      }

      @Test func anUnknownOutcomeIsAskedFor() async throws {
        let store = FaultyStore(MemoryStore())
        let session = RomeSession(store)
        session.resolutionPatience = .zero
        session.add(Author(name: "Asimov"))
        try await session.commit()
        session.add(Author(name: "Clarke"))
        store.resetCounts()
        store.plan = FaultPlan { call in
          switch call.kind {
          case .commit: .loseAnswer
          case .resolve: call.numberOfKind == 1 ? .loseRequest : nil
          default: nil
          }
        }
        var applied = false

        do {
          try await session.commit()
        } catch where error.code == .unknownOutcome {
          if let id = error.commitID, case .committed = try await store.resolve(id) {
            print("it was applied")
            applied = true
          }
        }

        #expect(applied)
        #expect(try await RomeSession(store).query(Author.self).count() == 2)
      }

      @Test func onlyConflictsAreRetryable() {
        #expect(RomeError(.conflict, "").isRetryable)
        #expect(!RomeError(.unknownOutcome, "").isRetryable && !RomeError(.store, "").isRetryable)
      }
    }
  }
#endif
