// SPDX-License-Identifier: Apache-2.0

/// What a function of Nova answers instead of a result: one of Nova's exceptions, with its fields.
public struct NovaError: Error, Hashable, Sendable {
  /// The class of the exception.
  public let code: Code
  /// The fields of the exception by their names in Nova, such as `instance_id`.
  public let fields: [String: NovaField]
  /// What happened, when the class and the fields don't say it all.
  public let detail: String?

  /// Makes an error.
  ///
  /// - Parameters:
  ///   - code: The class of the exception.
  ///   - fields: Its fields by their names in Nova.
  ///   - detail: What happened, when the class and the fields don't say it all.
  public init(_ code: Code, _ fields: [String: NovaField] = [:], detail: String? = nil) {
    self.code = code
    self.fields = fields
    self.detail = detail
  }

  /// Whether the error is one of this class, or of a class below it.
  ///
  /// - Parameter code: The class.
  public func isA(_ code: Code) -> Bool { self.code.isA(code) }
}

extension NovaError: CustomStringConvertible {
  /// The name of the class, the detail, and the fields.
  public var description: String {
    let texts = fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    let parts = [detail].compactMap { $0 } + texts
    return parts.isEmpty ? code.rawValue : "\(code.rawValue)(\(parts.joined(separator: ", ")))"
  }
}
