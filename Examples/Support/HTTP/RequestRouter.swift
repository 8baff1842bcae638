// SPDX-License-Identifier: Apache-2.0

import Logging

/// Answers requests: the question for the health, what the responder answers, and a line in the log.
struct RequestRouter: Sendable {
  let responder: any HTTPResponder
  let logger: Logger

  func respond(to request: HTTPRequest) async -> HTTPAnswer {
    let start = ContinuousClock.now
    var metadata: Logger.Metadata = [
      "request": "\(request.id)", "method": "\(request.method.prefix(16))", "path": "\(request.path.prefix(64))",
      "bytes": "\(request.body.count)",
    ]
    var answer: HTTPAnswer
    do throws(HTTPRefusal) {
      answer = request.path == "/healthcheck" ? try await health(request) : try await responder.answer(request)
      for (name, note) in answer.notes { metadata[name] = "\(note)" }
    } catch {
      answer = HTTPAnswer(error)
      metadata["refusal"] = "\(error.reason)"
    }
    metadata["status"] = "\(answer.status)"
    metadata["answered"] = "\(answer.body.count)"
    metadata["microseconds"] = "\((ContinuousClock.now - start) / .microseconds(1))"
    logger.info("answered", metadata: metadata)
    return answer
  }

  private func health(_ request: HTTPRequest) async throws(HTTPRefusal) -> HTTPAnswer {
    guard request.method == "GET" || request.method == "HEAD" else { throw .noResource }
    guard await responder.isHealthy() else { throw HTTPRefusal(.serviceUnavailable, "The store does not answer") }
    return HTTPAnswer(text: "OK")
  }
}
