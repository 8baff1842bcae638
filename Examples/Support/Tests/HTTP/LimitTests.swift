// SPDX-License-Identifier: Apache-2.0

import HTTPService
import HTTPTestSupport
import Testing

/// What a client may not do, and what becomes of it.
@Suite struct LimitTests {
  private let body = "[1]"

  @Test func `a body that is too large is refused, with its length in the head or without`() async throws {
    try await HTTPServer.with(EchoResponder()) {
      $0.maximumBodyBytes = 1000
    } _: { server in
      let fits = body + String(repeating: " ", count: 1000 - body.count)
      #expect(try await server.respond(to: echo(fits))?.status == 200)
      #expect(try await server.respond(to: echo(fits + " "))?.status == 413)
      let chunked = try await RawConnection.with(port: server.port) { connection in
        try await connection.send(
          "POST /echo HTTP/1.1\r\nHost: r\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in 0..<11 { try await connection.send("64\r\n" + String(repeating: " ", count: 100) + "\r\n") }
        return try await connection.response()
      }
      #expect(chunked?.status == 413 && chunked?.headers["connection"] == "close")
    }
  }

  @Test func `headers that are too large are refused`() async throws {
    try await HTTPServer.with(EchoResponder()) { server in
      let text = echo("[]", headers: ["X-Big: " + String(repeating: "x", count: 200_000)])
      let answer = try await RawConnection.with(port: server.port) { connection in
        try? await connection.send(text)
        return try await connection.rest()
      }
      #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400"))
      #expect(try await server.respond(to: echo(body))?.status == 200)
    }
  }

  @Test func `a client that is slow with the head loses its connection`() async throws {
    try await HTTPServer.with(EchoResponder()) {
      $0.idleTimeout = .milliseconds(20)
    } _: { server in
      for text in ["", "POST /ec", "POST /echo HTTP/1.1\r\nHost: r\r\nX-A: "] {
        let answer = try await RawConnection.with(port: server.port) { connection in
          try? await connection.send(text)
          return try await connection.rest()
        }
        #expect(answer == "")
      }
    }
  }

  @Test func `a client that is slow with the body is told so`() async throws {
    try await HTTPServer.with(EchoResponder()) {
      $0.bodyTimeout = .milliseconds(20)
      $0.lingerTimeout = .milliseconds(20)
    } _: { server in
      let answer = try await RawConnection.with(port: server.port) { connection in
        try await connection.send(String(echo(body).dropLast(3)))
        return try await connection.rest()
      }
      #expect(answer.hasPrefix("HTTP/1.1 408"))
    }
  }

  @Test func `more connections than allowed are closed, and a place that is free again is given`() async throws {
    try await HTTPServer.with(EchoResponder()) {
      $0.maximumConnections = 1
    } _: { server in
      try await RawConnection.with(port: server.port) { first in
        try await first.send(echo("[]"))
        #expect(try await first.response()?.status == 200)
        let second = try await RawConnection.with(port: server.port) { connection in
          try? await connection.send(echo("[]"))
          return try await connection.rest()
        }
        #expect(second == "")
        try await first.send(echo("[]", headers: ["Connection: close"]))
        #expect(try await first.rest().hasPrefix("HTTP/1.1 200"))
      }
      // The server may see the end of the first connection a little later than its client.
      var status: Int?
      while status != 200 { status = try? await server.respond(to: echo("[]"))?.status }
    }
  }
}
