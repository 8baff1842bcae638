// SPDX-License-Identifier: Apache-2.0

public import HTTPService
public import NovaDatabaseKit
import JSONService

/// Nova's query set over HTTP: `POST /db`.
public struct NovaResponder: HTTPResponder {
  private let service: NovaService

  /// Makes a responder.
  ///
  /// - Parameter service: What answers.
  public init(_ service: NovaService) {
    self.service = service
  }

  /// Answers a message. A function that fails is an answer, too; a refusal means that there was no message.
  public func answer(_ request: HTTPRequest) async throws(HTTPRefusal) -> HTTPAnswer {
    guard request.path == "/db", request.method == "POST" else { throw .noResource }
    let message: JSONValue
    do {
      message = try JSONReader.read(request.body)
    } catch {
      throw .malformedJSON(error.reason, at: error.offset)
    }
    guard message.objectValue != nil else { throw HTTPRefusal(.badRequest, "The message is not an object") }
    let reply = await service.answer(message)
    // The log has the names of functions and of errors, no text of a client and no value.
    let name = message["method"]?.stringValue ?? ""
    let error = reply["error"]?["type"]?.stringValue
    return HTTPAnswer(
      json: JSONWriter.write(reply),
      notes: ["function": service.knows(name) ? name : "unknown", "error": error ?? "none"])
  }

  /// Whether the store answers.
  public func isHealthy() async -> Bool { await service.store.answers() }
}
