// SPDX-License-Identifier: Apache-2.0

/// What a function of Glance answers instead of a result. The code is one of Glance's exception classes.
public struct GlanceError: Error, Hashable, Sendable {
  /// The class of the exception.
  public let code: Code
  /// What happened, in the words of Glance where it has some. It carries what the caller has said, and nothing else of the
  /// store.
  public let message: String

  /// Makes an error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// Whether the error is one of this class, or of a class below it.
  ///
  /// - Parameter code: The class.
  public func isA(_ code: Code) -> Bool { self.code.isA(code) }
}

extension GlanceError: CustomStringConvertible {
  /// The name of the class and the message.
  public var description: String { "\(code.rawValue): \(message)" }
}
