// SPDX-License-Identifier: Apache-2.0

import HTTPService
import HTTPTestSupport
import Testing

@Suite struct ShutdownTests {
  @Test func `a request under way is answered before the server stops, and idle connections are closed`() async throws {
    let (entered, onEntry) = AsyncStream.makeStream(of: Void.self)
    let (release, letGo) = AsyncStream.makeStream(of: Void.self)
    try await HTTPServer.with(EchoResponder(gate: .init(entered: onEntry, release: release))) { server in
      try await RawConnection.with(port: server.port) { idle in
        try await idle.send(echo("[]"))
        #expect(try await idle.response()?.status == 200)
        try await RawConnection.with(port: server.port) { busy in
          try await busy.send(echo(#""wait""#) + echo("[]"))
          for await _ in entered { break }
          async let end: Void = server.shutDown(grace: .seconds(60))
          // The idle connection is closed by the shutdown, so it has begun.
          #expect(try await idle.rest() == "")
          letGo.yield()
          let answer = try await busy.rest()
          #expect(
            answer.hasPrefix("HTTP/1.1 200") && answer.hasSuffix(#""wait""#), "the next request is not answered")
          await end
        }
      }
      await #expect(throws: (any Error).self) { try await RawConnection.with(port: server.port) { _ in } }
    }
  }

  @Test func `a request that takes longer than the grace is cut`() async throws {
    let (entered, onEntry) = AsyncStream.makeStream(of: Void.self)
    let (release, letGo) = AsyncStream.makeStream(of: Void.self)
    try await HTTPServer.with(EchoResponder(gate: .init(entered: onEntry, release: release))) { server in
      try await RawConnection.with(port: server.port) { busy in
        try await busy.send(echo(#""wait""#))
        for await _ in entered { break }
        await server.shutDown(grace: .milliseconds(10))
        #expect(try await busy.rest() == "")
        letGo.yield()
      }
    }
  }
}
