// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPService
import HTTPTestSupport
import Testing

/// A server as a client sees it over TCP.
@Suite struct HTTPServerTests {
  private let body = #"[{"a": "b"}]"#

  @Test func `a request is answered, whatever the pieces that it comes in`() async throws {
    try await HTTPServer.with(EchoResponder()) { server in
      let text = echo(body)
      for size in [1, 7, text.utf8.count] {
        let response = try await RawConnection.with(port: server.port) { connection in
          let bytes = Array(text.utf8)
          for start in stride(from: 0, to: bytes.count, by: size) {
            try await connection.send(bytes[start..<min(start + size, bytes.count)])
          }
          return try await connection.response()
        }
        #expect(response?.status == 200 && response?.body == body)
        #expect(response?.headers["content-type"] == "application/json")
        #expect(response?.headers["x-openstack-request-id"]?.hasPrefix("req-") == true)
      }
    }
  }

  @Test func `chunked bodies, pipelined requests and a half that is closed are answered`() async throws {
    try await HTTPServer.with(EchoResponder()) { server in
      let answers = try await RawConnection.with(port: server.port) { connection in
        let head = "POST /echo HTTP/1.1\r\nHost: r\r\nTransfer-Encoding: chunked\r\n\r\n"
        let chunks = body.map { "1\r\n\($0)\r\n" }.joined() + "0\r\n\r\n"
        try await connection.send(head + chunks + echo("[]") + echo(#""refuse""#) + echo(body))
        connection.finish()
        return try await connection.rest()
      }
      let statuses = answers.components(separatedBy: "HTTP/1.1 ").dropFirst().map { $0.prefix(3) }
      #expect(statuses == ["200", "200", "400", "200"])
    }
  }

  @Test func `a client that asks to continue is told to, and HTTP 1.0 is answered and closed`() async throws {
    try await HTTPServer.with(EchoResponder()) { server in
      let answers = try await RawConnection.with(port: server.port) { connection in
        let text = echo(body, headers: ["Expect: 100-continue", "Connection: close"])
        try await connection.send(String(text.prefix(text.count - body.count)))
        let first = try await connection.response()
        #expect(first?.status == 100)
        try await connection.send(body)
        return try await connection.rest()
      }
      #expect(answers.hasPrefix("HTTP/1.1 200") && answers.hasSuffix(body))
      let old = try await RawConnection.with(port: server.port) { connection in
        try await connection.send(echo(body).replacing("HTTP/1.1", with: "HTTP/1.0"))
        return try await connection.rest()
      }
      #expect(old.hasPrefix("HTTP/1.0 200") && old.hasSuffix(body))
    }
  }

  @Test(arguments: [
    ("POST", "/", 404), ("GET", "/echo", 404), ("POST", "/echo/", 404), ("POST", "/echo?x=1", 200),
    ("GET", "/healthcheck", 200), ("HEAD", "/healthcheck", 200), ("POST", "/healthcheck", 404),
  ])
  func `other paths and methods are not found`(_ method: String, _ path: String, _ status: Int) async throws {
    try await HTTPServer.with(EchoResponder()) { server in
      let answer = try await RawConnection.with(port: server.port) { connection in
        try await connection.send(rawRequest("[]", method: method, path: path, headers: ["Connection: close"]))
        return try await connection.rest()
      }
      #expect(answer.hasPrefix("HTTP/1.1 \(status)"))
      if method == "HEAD" { #expect(answer.hasSuffix("\r\n\r\n"), "no body") }
    }
  }

  @Test func `the health is what the responder says`() async throws {
    try await HTTPServer.with(EchoResponder(isHealthyNow: false)) { server in
      let health = try await server.respond(to: rawRequest("", method: "GET", path: "/healthcheck"))
      let answer = try await server.respond(to: echo(body))
      #expect(health?.status == 503 && answer?.status == 200)
    }
  }

  @Test func `the id of a request is the client's when it is harmless`() async throws {
    try await HTTPServer.with(EchoResponder()) { server in
      for (sent, answered) in [("req-abc", "req-abc"), ("abc", "req-abc"), ("a b", nil), ("\"x\"", nil)] {
        let response = try await server.respond(to: echo("[]", headers: ["X-Openstack-Request-Id: \(sent)"]))
        let id = try #require(response?.headers["x-openstack-request-id"])
        #expect(answered.map { $0 == id } ?? (id.hasPrefix("req-") && id.count == 40))
      }
    }
  }

  @Test func `a large answer arrives whole`() async throws {
    try await HTTPServer.with(EchoResponder()) { server in
      let large = "\"" + String(repeating: "x", count: 2 << 20) + "\""
      let answer = try await server.respond(to: echo(large))
      #expect(answer?.body == large)
    }
  }
}
