// SPDX-License-Identifier: Apache-2.0

#if Macros
import Rome
import Testing

/// Relationships are read from every isolation; that these functions compile is half of the test.
@Suite struct IsolationTests {
  private func isInvalidState(_ body: () async throws -> Void) async -> Bool {
    do {
      try await body()
      return false
    } catch {
      return (error as? RomeError)?.code == .invalidState
    }
  }

  @Test func aDetachedEntityThrowsInANonisolatedFunction() async {
    let book = Book(title: "Foundation")
    #expect(await isInvalidState { _ = try await book.author })
    #expect(await isInvalidState { _ = try await book.tags })
    book.title = "Foundation and Empire"
  }

  @MainActor @Test func aDetachedEntityThrowsOnTheMainActor() async {
    let book = Book(title: "Foundation")
    await #expect(throws: RomeError.self) { _ = try await book.author }
    await #expect(throws: RomeError.self) { _ = try await book.load(Book.author) }
    book.title = "Foundation and Empire"
  }

  @Test func aDetachedEntityThrowsInAnActor() async {
    #expect(await Shop().authorFailure() == .invalidState)
  }
}

private actor Shop {
  let book = Book(title: "Foundation")

  func authorFailure() async -> RomeError.Code? {
    do throws(RomeError) {
      _ = try await book.author
      _ = try await book.load(Book.tags)
      return nil
    } catch {
      book.title = error.message
      return error.code
    }
  }
}
#endif
