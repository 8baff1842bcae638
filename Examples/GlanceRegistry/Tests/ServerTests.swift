// SPDX-License-Identifier: Apache-2.0

import GlanceRegistryKit
import HTTPService
import HTTPTestSupport
import Rome
import RomeGlance
import RomeTesting
import Testing

/// The registry as a client sees it over TCP.
@Suite struct ServerTests {
  private let list = #"[{"command": "image_get_all"}]"#
  private let health = rawRequest("", method: "GET", path: "/healthcheck")

  private func responder(_ glance: GlanceDatabase = GlanceDatabase(MemoryStore())) -> RegistryResponder {
    RegistryResponder(Registry(glance))
  }

  /// A request with a body, as Glance's client sends it.
  private func request(_ body: String, method: String = "POST", path: String = "/rpc") -> String {
    rawRequest(
      body, method: method, path: path,
      headers: ["x-identity-status: Confirmed", "X-Roles: Admin", "X-Tenant-Id: t1"])
  }

  @Test func `a list of commands is answered by a list of results`() async throws {
    try await HTTPServer.with(responder()) { server in
      let response = try await server.respond(to: request(list))
      #expect(response?.status == 200 && response?.body == "[[]]")
      #expect(response?.headers["content-type"] == "application/json")
      #expect(try await server.respond(to: request("5"))?.status == 400)
    }
  }

  @Test(arguments: [
    ("POST", "/", 404), ("GET", "/rpc", 404), ("PUT", "/rpc", 404), ("DELETE", "/rpc", 404), ("POST", "/rpc/", 404),
    ("POST", "/rpc?x=1", 200), ("GET", "/healthcheck", 200), ("POST", "/healthcheck", 404),
  ])
  func `only POST on rpc and GET on healthcheck are there`(_ method: String, _ path: String, _ status: Int) async throws
  {
    try await HTTPServer.with(responder()) { server in
      let answer = try await server.respond(to: request("[]", method: method, path: path))
      #expect(answer?.status == status)
    }
  }

  @Test func `a refused identity comes before everything but the health`() async throws {
    try await HTTPServer.with(responder()) { server in
      for path in ["/rpc", "/nothing"] {
        let answer = try await server.respond(to: rawRequest("5", path: path))
        #expect(answer?.status == 401)
      }
      let answer = try await server.respond(to: health)
      #expect(answer?.body == "OK\n")
    }
  }

  @Test func `a store that does not answer is said by the health, and by an error of each command`() async throws {
    let store = FaultyStore(MemoryStore())
    let glance = GlanceDatabase(store, retry: RetryPolicy(maximumAttempts: 2))
    try await HTTPServer.with(responder(glance)) { server in
      store.plan = FaultPlan { _ in .loseRequest }
      #expect(try await server.respond(to: health)?.status == 503)
      let answer = try await server.respond(to: request(list))
      #expect(answer?.status == 200 && answer?.body.contains("glance.common.exception.RPCError") == true)
      store.plan = .none
      #expect(try await server.respond(to: health)?.status == 200)
      #expect(try await server.respond(to: request(list))?.body == "[[]]")
    }
  }
}
