// SPDX-License-Identifier: Apache-2.0

public import HTTPService
internal import Logging

extension HTTPServer {
  /// Works with a server of its own on a free port, which is shut down afterwards.
  ///
  /// - Parameters:
  ///   - responder: What answers.
  ///   - configure: Sets limits.
  ///   - body: The work.
  public static func with<Result: Sendable>(
    _ responder: some HTTPResponder, _ configure: (inout HTTPServerConfiguration) -> Void = { _ in },
    _ body: (HTTPServer) async throws -> Result
  ) async throws -> Result {
    var configuration = HTTPServerConfiguration()
    configuration.logger.logLevel = .critical
    configure(&configuration)
    let server = try await start(responder, configuration)
    do {
      let result = try await body(server)
      await server.shutDown(grace: .zero)
      return result
    } catch {
      await server.shutDown(grace: .zero)
      throw error
    }
  }

  /// The answer to a request on a connection of its own; nil when the server closes it without one.
  ///
  /// - Parameter request: The request as it goes over the wire.
  public func respond(to request: String) async throws -> RawResponse? {
    try await RawConnection.with(port: port) { connection in
      try await connection.send(request)
      return try await connection.response()
    }
  }
}

/// A request as it goes over the wire.
///
/// - Parameters:
///   - body: The body.
///   - method: The method.
///   - path: The path.
///   - headers: More headers, each of them a line.
public func rawRequest(_ body: String, method: String = "POST", path: String, headers: [String] = []) -> String {
  let all = ["Host: service", "Accept-Encoding: identity", "Content-Length: \(body.utf8.count)"] + headers
  return "\(method) \(path) HTTP/1.1\r\n" + all.map { $0 + "\r\n" }.joined() + "\r\n" + body
}
