// SPDX-License-Identifier: Apache-2.0

import GlanceRegistryKit
import Rome
import RomeGlance
import Testing

@Suite struct ShutdownTests {
  private let reset = #"[{"command": "reset"}]"#

  /// A database whose reset says that it has begun, and goes on when it is let.
  private func makeSlow(
    _ entered: AsyncStream<Void>.Continuation, _ release: AsyncStream<Void>
  ) async throws -> GlanceDatabase {
    try await GlanceDatabase(resettable: { generation, _ in
      if generation > 0 {
        entered.yield()
        for await _ in release { break }
      }
      return MemoryStore()
    })
  }

  @Test func `a request under way is answered before the server stops, and idle connections are closed`() async throws {
    let (entered, onEntry) = AsyncStream.makeStream(of: Void.self)
    let (release, letGo) = AsyncStream.makeStream(of: Void.self)
    try await withServer(makeSlow(onEntry, release), testMode: true) { server in
      try await RawConnection.with(port: server.port) { idle in
        try await idle.send(request("[]"))
        #expect(try await idle.response()?.status == 200)
        try await RawConnection.with(port: server.port) { busy in
          try await busy.send(request(reset) + request("[]"))
          for await _ in entered { break }
          async let end: Void = server.shutDown(grace: .seconds(60))
          // The idle connection is closed by the shutdown, so it has begun.
          #expect(try await idle.rest() == "")
          letGo.yield()
          let answer = try await busy.rest()
          #expect(answer.hasPrefix("HTTP/1.1 200") && answer.hasSuffix("[null]"), "the next request is not answered")
          await end
        }
      }
      await #expect(throws: (any Error).self) { try await RawConnection.with(port: server.port) { _ in } }
    }
  }

  @Test func `a request that takes longer than the grace is cut`() async throws {
    let (entered, onEntry) = AsyncStream.makeStream(of: Void.self)
    let (release, letGo) = AsyncStream.makeStream(of: Void.self)
    try await withServer(makeSlow(onEntry, release), testMode: true) { server in
      try await RawConnection.with(port: server.port) { busy in
        try await busy.send(request(reset))
        for await _ in entered { break }
        await server.shutDown(grace: .milliseconds(10))
        #expect(try await busy.rest() == "")
        letGo.yield()
      }
    }
  }
}
