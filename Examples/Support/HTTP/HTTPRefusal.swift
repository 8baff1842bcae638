// SPDX-License-Identifier: Apache-2.0

/// A request that is not answered by results: its status, and why.
public struct HTTPRefusal: Error, Hashable, Sendable {
  /// A status of HTTP.
  public enum Status: Int, Hashable, Sendable {
    /// The body is not what it should be.
    case badRequest = 400
    /// The caller has not said who it is.
    case unauthorized = 401
    /// There is no such resource.
    case notFound = 404
    /// The request did not come in time.
    case requestTimeout = 408
    /// The body is too large.
    case contentTooLarge = 413
    /// The store does not answer.
    case serviceUnavailable = 503
  }

  /// The status of the answer.
  public let status: Status
  /// Why, for the reader of a log.
  public let reason: String

  /// Refuses a request.
  public init(_ status: Status, _ reason: String) {
    self.status = status
    self.reason = reason
  }
}

extension HTTPRefusal {
  /// The answer to a path or a method that there is not.
  public static let noResource = HTTPRefusal(.notFound, "The resource could not be found")

  /// The answer to a body that is no JSON.
  ///
  /// - Parameters:
  ///   - reason: What is wrong.
  ///   - offset: How many bytes stand before the place, where that is known.
  public static func malformedJSON(_ reason: String, at offset: Int? = nil) -> HTTPRefusal {
    let place = offset.map { " (byte \($0))" } ?? ""
    return HTTPRefusal(.badRequest, "Malformed JSON in request body: \(reason)\(place)")
  }
}
