// SPDX-License-Identifier: Apache-2.0

import HTTPService
import HTTPTestSupport
import JSONService
import NovaDatabaseServer
import Rome
import RomeNova
import RomeTesting
import Testing

@testable import NovaDatabaseKit

/// The server as a client sees it over TCP.
@Suite struct ServerTests {
  private let list = #"{"method": "service_get_all", "context": {"is_admin": true}, "args": [], "kwargs": {}}"#
  private let health = rawRequest("", method: "GET", path: "/healthcheck")

  private func request(_ body: String) -> String { rawRequest(body, path: "/db") }

  @Test func `A message is answered by a reply, also one that fails`() async throws {
    try await HTTPServer.with(NovaResponder(NovaService.inTestMode())) { server in
      let answer = try await server.respond(to: request(list))
      #expect(answer?.status == 200 && answer?.body == #"{"result": []}"#)
      #expect(answer?.headers["content-type"] == "application/json")
      let missing = try await server.respond(to: request(#"{"method": "nothing"}"#))
      #expect(missing?.status == 200 && missing?.body.contains("NotImplementedError") == true)
    }
  }

  @Test(arguments: [
    ("", 400), ("{", 400), ("[]", 400), ("null", 400), ("\"x\"", 400), (#"{"a": 1e999}"#, 400), ("{}", 200),
  ])
  func `A body that is no message is refused with a reason`(_ body: String, _ status: Int) async throws {
    try await HTTPServer.with(NovaResponder(NovaService.inTestMode())) { server in
      let answer = try await server.respond(to: request(body))
      #expect(answer?.status == status && answer?.body.isEmpty == false)
    }
  }

  @Test(arguments: [
    ("GET", "/db", 404), ("POST", "/", 404), ("PUT", "/db", 404), ("POST", "/db/", 404), ("POST", "/db?x=1", 400),
    ("GET", "/healthcheck", 200),
  ])
  func `Only POST on db and GET on healthcheck are there`(
    _ method: String, _ path: String, _ status: Int
  ) async throws {
    try await HTTPServer.with(NovaResponder(NovaService.inTestMode())) { server in
      let answer = try await server.respond(to: rawRequest("", method: method, path: path))
      #expect(answer?.status == status)
    }
  }

  @Test func `A message that is too large is refused`() async throws {
    try await HTTPServer.with(NovaResponder(NovaService.inTestMode())) {
      $0.maximumBodyBytes = 200
    } _: { server in
      let fits = list + String(repeating: " ", count: 200 - list.count)
      let statuses = (
        try await server.respond(to: request(fits))?.status, try await server.respond(to: request(fits + " "))?.status
      )
      #expect(statuses == (200, 413))
    }
  }

  @Test func `A store that does not answer is said by the health, and by an error of each call`() async throws {
    let store = FaultyStore(MemoryStore())
    let service = NovaService(NovaDatabase(store, retry: RetryPolicy(maximumAttempts: 2)))
    try await HTTPServer.with(NovaResponder(service)) { server in
      store.plan = FaultPlan { _ in .loseRequest }
      #expect(try await server.respond(to: health)?.status == 503)
      let answer = try await server.respond(to: request(list))
      #expect(answer?.status == 200 && answer?.body.contains("DBConnectionError") == true)
      store.plan = .none
      #expect(try await server.respond(to: health)?.status == 200)
      #expect(try await server.respond(to: request(list))?.body == #"{"result": []}"#)
    }
  }

  @Test func `A call under way is answered before the server stops`() async throws {
    let (entered, onEntry) = AsyncStream.makeStream(of: Void.self)
    let (release, letGo) = AsyncStream.makeStream(of: Void.self)
    let database = try await NovaDatabase(resettable: { generation, _ in
      if generation > 0 {
        onEntry.yield()
        for await _ in release { break }
      }
      return MemoryStore()
    })
    let responder = NovaResponder(NovaService(database, testMode: true))
    try await HTTPServer.with(responder) { server in
      try await RawConnection.with(port: server.port) { busy in
        try await busy.send(request(#"{"method": "$reset"}"#))
        for await _ in entered { break }
        async let end: Void = server.shutDown(grace: .seconds(60))
        letGo.yield()
        #expect(try await busy.rest().hasSuffix(#"{"result": null}"#))
        await end
      }
    }
  }
}
