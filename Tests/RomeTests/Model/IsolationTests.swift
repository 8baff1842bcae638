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
      let novel = Novel(title: "Foundation", writerID: 1)
      #expect(await isInvalidState { _ = try await novel.writer })
      #expect(await isInvalidState { _ = try await novel.topics })
      novel.title = "Foundation and Empire"
    }

    @MainActor @Test func aDetachedEntityThrowsOnTheMainActor() async {
      let novel = Novel(title: "Foundation", writerID: 1)
      await #expect(throws: RomeError.self) { _ = try await novel.writer }
      await #expect(throws: RomeError.self) { _ = try await novel.load(Novel.writer) }
      novel.title = "Foundation and Empire"
    }

    @Test func aDetachedEntityThrowsInAnActor() async {
      #expect(await Shop().writerFailure() == .invalidState)
    }
  }

  private actor Shop {
    let novel = Novel(title: "Foundation", writerID: 1)

    func writerFailure() async -> RomeError.Code? {
      do throws(RomeError) {
        _ = try await novel.writer
        _ = try await novel.load(Novel.topics)
        return nil
      } catch {
        novel.title = error.message
        return error.code
      }
    }
  }
#endif
