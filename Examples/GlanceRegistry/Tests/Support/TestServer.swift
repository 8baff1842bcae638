// SPDX-License-Identifier: Apache-2.0

import GlanceRegistryKit
import Logging
import Rome
import RomeGlance

/// Works with a server of its own on a free port, which is shut down afterwards.
func withServer<Result: Sendable>(
  _ glance: GlanceDatabase = GlanceDatabase(MemoryStore()), testMode: Bool = false,
  _ configure: (inout ServerConfiguration) -> Void = { _ in },
  _ body: (RegistryServer) async throws -> Result
) async throws -> Result {
  var configuration = ServerConfiguration()
  configuration.port = 0
  configuration.logger.logLevel = .critical
  configure(&configuration)
  let server = try await RegistryServer.start(Registry(glance, testMode: testMode), configuration)
  do {
    let result = try await body(server)
    await server.shutDown(grace: .zero)
    return result
  } catch {
    await server.shutDown(grace: .zero)
    throw error
  }
}

/// A request with a body, as Glance's client sends it.
func request(
  _ body: String, method: String = "POST", path: String = "/rpc", headers: [String] = [], admin: Bool = true
) -> String {
  let identity = ["x-identity-status: Confirmed", "X-Roles: \(admin ? "Admin" : "member")", "X-Tenant-Id: t1"]
  let all = ["Host: registry", "Accept-Encoding: identity", "Content-Length: \(body.utf8.count)"] + identity + headers
  return "\(method) \(path) HTTP/1.1\r\n" + all.map { $0 + "\r\n" }.joined() + "\r\n" + body
}
