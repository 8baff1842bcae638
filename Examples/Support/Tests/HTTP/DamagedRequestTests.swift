// SPDX-License-Identifier: Apache-2.0

import HTTPService
import HTTPTestSupport
import RomeTesting
import Testing

/// Requests that a seeded generator damages: whatever they are, the server answers the next one.
@Suite struct DamagedRequestTests {
  @Test func `damaged requests do not stop the server, nor does a client that leaves in the middle`() async throws {
    let seed = UInt64.random(in: .min ... .max)
    print("seed of the damaged requests: \(seed)")
    var random = SeededGenerator(seed: seed)
    try await HTTPServer.with(EchoResponder()) {
      // A damaged head may announce a body that never comes.
      $0.bodyTimeout = .milliseconds(20)
      $0.idleTimeout = .milliseconds(20)
      $0.lingerTimeout = .milliseconds(20)
    } _: { server in
      for _ in 0..<400 {
        let bytes = Mutation.damage(Array(echo(#"{"a": [1, "b", null]}"#).utf8), using: &random)
        let leaves = random.chance(0.3)
        let answer = try await RawConnection.with(port: server.port) { connection in
          try? await connection.send(bytes)
          if leaves { return "" }
          connection.finish()
          return try await connection.rest()
        }
        #expect(answer.isEmpty || answer.hasPrefix("HTTP/1."), "seed \(seed)")
      }
    }
    try await HTTPServer.with(EchoResponder()) { server in
      let answer = try await server.respond(to: echo("[]"))
      #expect(answer?.status == 200, "seed \(seed)")
    }
  }
}
