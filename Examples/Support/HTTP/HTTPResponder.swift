// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// What a server answers.
public protocol HTTPResponder: Sendable {
  /// Answers a request that has arrived whole.
  ///
  /// - Throws: ``HTTPRefusal`` for a request that can't be answered.
  func answer(_ request: HTTPRequest) async throws(HTTPRefusal) -> HTTPAnswer

  /// Whether what the answers are made of can be reached: what `GET /healthcheck` asks for.
  func isHealthy() async -> Bool
}

/// A request that has arrived whole.
public struct HTTPRequest: Sendable {
  /// The id of the request.
  public let id: RequestID
  /// The method in upper case.
  public let method: String
  /// The path without its query.
  public let path: String
  /// The body.
  public let body: [UInt8]
  private let headers: HTTPHeaders

  init(id: RequestID, head: HTTPRequestHead, body: ByteBuffer) {
    self.id = id
    method = head.method.rawValue
    path = String(head.uri.prefix { $0 != "?" })
    headers = head.headers
    self.body = Array(buffer: body)
  }

  /// The value of a header, whatever the case of its name; nil when it is absent.
  public func header(_ name: String) -> String? { headers.first(name: name) }
}

/// An answer, but for what belongs to the connection.
public struct HTTPAnswer: Sendable {
  /// The status of HTTP.
  public var status: Int
  /// The type of the body.
  public var contentType: String
  /// The body.
  public var body: [UInt8]
  /// What the log shall tell of the answer.
  public var notes: [String: String] = [:]

  /// Results.
  ///
  /// - Parameters:
  ///   - json: The results as JSON in UTF-8.
  ///   - notes: What the log shall tell of them.
  public init(json: [UInt8], notes: [String: String] = [:]) {
    status = 200
    contentType = "application/json"
    body = json
    self.notes = notes
  }

  /// A line of text.
  public init(text: String, status: Int = 200) {
    self.status = status
    contentType = "text/plain; charset=utf-8"
    body = Array((text + "\n").utf8)
  }

  /// The answer to a request that is refused.
  init(_ refusal: HTTPRefusal) {
    self.init(text: refusal.reason, status: refusal.status.rawValue)
  }
}
