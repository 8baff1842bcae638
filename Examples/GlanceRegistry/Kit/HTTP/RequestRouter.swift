// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import NIOHTTP1

/// A request that has arrived whole.
struct IncomingRequest: Sendable {
  let id: RequestID
  let method: HTTPMethod
  let path: String
  let headers: HTTPHeaders
  let body: ByteBuffer
}

/// An answer, but for what belongs to the connection.
struct OutgoingResponse: Sendable {
  var status: HTTPResponseStatus
  var contentType = "text/plain; charset=utf-8"
  var body: [UInt8]

  /// A line of text.
  init(_ status: HTTPResponseStatus, text: String) {
    self.status = status
    body = Array((text + "\n").utf8)
  }

  /// Results.
  init(json: [UInt8]) {
    status = .ok
    contentType = "application/json"
    body = json
  }

  /// The answer to a request that is refused.
  init(_ refusal: RegistryRefusal) {
    self.init(HTTPResponseStatus(statusCode: refusal.status.rawValue), text: refusal.reason)
  }
}

/// Answers requests: which resource is meant, who asks, and a line in the log.
struct RequestRouter: Sendable {
  let registry: Registry
  let identity: IdentityFlavor
  let logger: Logger

  func respond(to request: IncomingRequest) async -> OutgoingResponse {
    let start = ContinuousClock.now
    var metadata: Logger.Metadata = [
      "request": "\(request.id)", "method": "\(request.method.rawValue.prefix(16))",
      "path": "\(request.path.prefix(64))",
      "bytes": "\(request.body.readableBytes)",
    ]
    var response: OutgoingResponse
    do throws(RegistryRefusal) {
      response = try await answer(request, &metadata)
    } catch {
      response = OutgoingResponse(error)
      metadata["refusal"] = "\(error.reason)"
    }
    metadata["status"] = "\(response.status.code)"
    metadata["answered"] = "\(response.body.count)"
    metadata["microseconds"] = "\((ContinuousClock.now - start) / .microseconds(1))"
    logger.info("answered", metadata: metadata)
    return response
  }

  private func answer(
    _ request: IncomingRequest, _ metadata: inout Logger.Metadata
  ) async throws(RegistryRefusal) -> OutgoingResponse {
    if request.path == "/healthcheck" {
      guard request.method == .GET || request.method == .HEAD else {
        throw RegistryRefusal(.notFound, "The resource could not be found")
      }
      guard await registry.isHealthy() else {
        throw RegistryRefusal(.serviceUnavailable, "The store does not answer")
      }
      return OutgoingResponse(.ok, text: "OK")
    }
    let context = try identity.context { request.headers.first(name: $0) }
    guard request.path == "/rpc", request.method == .POST else {
      throw RegistryRefusal(.notFound, "The resource could not be found")
    }
    let answer = try await registry.answer(Array(buffer: request.body), for: context)
    metadata["commands"] = "\(answer.commands.prefix(8).joined(separator: " "))"
    metadata["count"] = "\(answer.commands.count)"
    metadata["errors"] = "\(answer.errors)"
    return OutgoingResponse(json: answer.body)
  }
}
