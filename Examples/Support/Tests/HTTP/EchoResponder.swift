// SPDX-License-Identifier: Apache-2.0

import HTTPService
import HTTPTestSupport

/// Answers `POST /echo` by the body of the request; one that is `"wait"` when it is let, and `"refuse"` by a refusal.
struct EchoResponder: HTTPResponder {
  /// What happens to a request that waits.
  struct Gate: Sendable {
    /// Gets an element when the request has begun.
    let entered: AsyncStream<Void>.Continuation
    /// Has an element when it may go on.
    let release: AsyncStream<Void>
  }

  var gate: Gate?
  var isHealthyNow = true

  func answer(_ request: HTTPRequest) async throws(HTTPRefusal) -> HTTPAnswer {
    guard request.path == "/echo", request.method == "POST" else { throw .noResource }
    switch String(decoding: request.body, as: UTF8.self) {
    case #""refuse""#: throw HTTPRefusal(.badRequest, "refused")
    case #""wait""#:
      gate?.entered.yield()
      if let release = gate?.release { for await _ in release { break } }
      return HTTPAnswer(json: request.body)
    default: return HTTPAnswer(json: request.body, notes: ["length": "\(request.body.count)"])
    }
  }

  func isHealthy() async -> Bool { isHealthyNow }
}

/// A request to echo a body.
func echo(_ body: String, headers: [String] = []) -> String { rawRequest(body, path: "/echo", headers: headers) }
