// SPDX-License-Identifier: Apache-2.0

import Foundation
import GlanceRegistryKit
import Rome
import RomeGlance
import RomeTesting
import Testing

/// The server as a client sees it over TCP.
@Suite struct ServerTests {
  private let list = #"[{"command": "image_get_all"}]"#

  private func respond(_ server: RegistryServer, _ text: String) async throws -> RawResponse? {
    try await RawConnection.with(port: server.port) { connection in
      try await connection.send(text)
      return try await connection.response()
    }
  }

  @Test func `a request is answered, whatever the pieces that it comes in`() async throws {
    try await withServer { server in
      let text = request(list)
      for size in [1, 7, text.utf8.count] {
        let response = try await RawConnection.with(port: server.port) { connection in
          let bytes = Array(text.utf8)
          for start in stride(from: 0, to: bytes.count, by: size) {
            try await connection.send(bytes[start..<min(start + size, bytes.count)])
          }
          return try await connection.response()
        }
        #expect(response?.status == 200 && response?.body == "[[]]")
        #expect(response?.headers["content-type"] == "application/json")
        #expect(response?.headers["x-openstack-request-id"]?.hasPrefix("req-") == true)
      }
    }
  }

  @Test func `chunked bodies, pipelined requests and a half that is closed are answered`() async throws {
    try await withServer { server in
      let answers = try await RawConnection.with(port: server.port) { connection in
        let head = "POST /rpc HTTP/1.1\r\nHost: r\r\nX-Identity-Status: Confirmed\r\nTransfer-Encoding: chunked\r\n\r\n"
        let chunks = list.map { "1\r\n\($0)\r\n" }.joined() + "0\r\n\r\n"
        try await connection.send(head + chunks + request("[]") + request("5") + request(list))
        connection.finish()
        return try await connection.rest()
      }
      let statuses = answers.components(separatedBy: "HTTP/1.1 ").dropFirst().map { $0.prefix(3) }
      #expect(statuses == ["200", "200", "400", "200"])
    }
  }

  @Test func `a client that asks to continue is told to, and HTTP 1.0 is answered and closed`() async throws {
    try await withServer { server in
      let answers = try await RawConnection.with(port: server.port) { connection in
        let text = request(list, headers: ["Expect: 100-continue", "Connection: close"])
        try await connection.send(String(text.prefix(text.count - list.count)))
        let first = try await connection.response()
        #expect(first?.status == 100)
        try await connection.send(list)
        return try await connection.rest()
      }
      #expect(answers.hasPrefix("HTTP/1.1 200") && answers.hasSuffix("[[]]"))
      let old = try await RawConnection.with(port: server.port) { connection in
        try await connection.send(request(list).replacing("HTTP/1.1", with: "HTTP/1.0"))
        return try await connection.rest()
      }
      #expect(old.hasPrefix("HTTP/1.0 200") && old.hasSuffix("[[]]"))
    }
  }

  @Test(arguments: [
    ("POST", "/", 404), ("GET", "/rpc", 404), ("PUT", "/rpc", 404), ("DELETE", "/rpc", 404), ("POST", "/rpc/", 404),
    ("POST", "/rpc?x=1", 200), ("GET", "/healthcheck", 200), ("POST", "/healthcheck", 404),
  ])
  func `only POST on rpc and GET on healthcheck are there`(_ method: String, _ path: String, _ status: Int) async throws
  {
    try await withServer { server in
      let response = try await respond(server, request("[]", method: method, path: path))
      #expect(response?.status == status)
    }
  }

  @Test func `a refused identity comes before everything but the health`() async throws {
    try await withServer { server in
      let anonymous = { (path: String) in "POST \(path) HTTP/1.1\r\nHost: r\r\nContent-Length: 1\r\n\r\n5" }
      #expect(try await respond(server, anonymous("/rpc"))?.status == 401)
      #expect(try await respond(server, anonymous("/nothing"))?.status == 401)
      #expect(try await respond(server, "GET /healthcheck HTTP/1.1\r\nHost: r\r\n\r\n")?.body == "OK\n")
      let head = try await RawConnection.with(port: server.port) { connection in
        try await connection.send("HEAD /healthcheck HTTP/1.1\r\nHost: r\r\nConnection: close\r\n\r\n")
        return try await connection.rest()
      }
      #expect(head.hasPrefix("HTTP/1.1 200") && head.hasSuffix("\r\n\r\n"))
    }
  }

  @Test func `a store that does not answer is said by the health, and by an error of each command`() async throws {
    let store = FaultyStore(MemoryStore())
    try await withServer(GlanceDatabase(store, retry: RetryPolicy(maximumAttempts: 2))) { server in
      store.plan = FaultPlan { _ in .loseRequest }
      #expect(try await respond(server, request("", method: "GET", path: "/healthcheck"))?.status == 503)
      let answer = try await respond(server, request(list))
      #expect(answer?.status == 200 && answer?.body.contains("glance.common.exception.RPCError") == true)
      store.plan = .none
      #expect(try await respond(server, request("", method: "GET", path: "/healthcheck"))?.status == 200)
      #expect(try await respond(server, request(list))?.body == "[[]]")
    }
  }

  @Test func `a body that is too large is refused, with its length in the head or without`() async throws {
    try await withServer {
      $0.maximumBodyBytes = 1000
    } _: { server in
      let fits = list + String(repeating: " ", count: 1000 - list.count)
      #expect(try await respond(server, request(fits))?.status == 200)
      #expect(try await respond(server, request(fits + " "))?.status == 413)
      let chunked = try await RawConnection.with(port: server.port) { connection in
        try await connection.send(
          "POST /rpc HTTP/1.1\r\nHost: r\r\nX-Identity-Status: Confirmed\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in 0..<11 { try await connection.send("64\r\n" + String(repeating: " ", count: 100) + "\r\n") }
        return try await connection.response()
      }
      #expect(chunked?.status == 413 && chunked?.headers["connection"] == "close")
    }
  }

  @Test func `headers that are too large are refused`() async throws {
    try await withServer { server in
      let text = request("[]", headers: ["X-Big: " + String(repeating: "x", count: 200_000)])
      let answer = try await RawConnection.with(port: server.port) { connection in
        try? await connection.send(text)
        return try await connection.rest()
      }
      #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400"))
      #expect(try await respond(server, request(list))?.status == 200)
    }
  }

  @Test func `a client that is slow with the head loses its connection`() async throws {
    try await withServer {
      $0.idleTimeout = .milliseconds(20)
    } _: { server in
      for text in ["", "POST /rp", "POST /rpc HTTP/1.1\r\nHost: r\r\nX-A: "] {
        let answer = try await RawConnection.with(port: server.port) { connection in
          try? await connection.send(text)
          return try await connection.rest()
        }
        #expect(answer == "")
      }
    }
  }

  @Test func `a client that is slow with the body is told so`() async throws {
    try await withServer {
      $0.bodyTimeout = .milliseconds(20)
      $0.lingerTimeout = .milliseconds(20)
    } _: { server in
      let answer = try await RawConnection.with(port: server.port) { connection in
        try await connection.send(String(request(list).dropLast(3)))
        return try await connection.rest()
      }
      #expect(answer.hasPrefix("HTTP/1.1 408"))
    }
  }

  @Test func `the id of a request is the client's when it is harmless`() async throws {
    try await withServer { server in
      for (sent, answered) in [("req-abc", "req-abc"), ("abc", "req-abc"), ("a b", nil), ("\"x\"", nil)] {
        let response = try await respond(server, request("[]", headers: ["X-Openstack-Request-Id: \(sent)"]))
        let id = try #require(response?.headers["x-openstack-request-id"])
        #expect(answered.map { $0 == id } ?? (id.hasPrefix("req-") && id.count == 40))
      }
    }
  }

  @Test func `more connections than allowed are closed, and a place that is free again is given`() async throws {
    try await withServer {
      $0.maximumConnections = 1
    } _: { server in
      try await RawConnection.with(port: server.port) { first in
        try await first.send(request("[]"))
        #expect(try await first.response()?.status == 200)
        let second = try await RawConnection.with(port: server.port) { connection in
          try? await connection.send(request("[]"))
          return try await connection.rest()
        }
        #expect(second == "")
        try await first.send(request("[]", headers: ["Connection: close"]))
        #expect(try await first.rest().hasPrefix("HTTP/1.1 200"))
      }
      // The server may see the end of the first connection a little later than its client.
      var status: Int?
      while status != 200 { status = try? await respond(server, request("[]"))?.status }
    }
  }
}
