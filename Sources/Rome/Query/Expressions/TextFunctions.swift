// SPDX-License-Identifier: Apache-2.0

extension QueryExpression where Output.Base == String {
  /// The text with ASCII letters as small ones. Other letters stay as they are, as in SQLite.
  public func lowercased() -> ComputedExpression<Output> {
    ComputedExpression(.function(.lower, [node]))
  }

  /// The text with ASCII letters as capital ones. Other letters stay as they are, as in SQLite.
  public func uppercased() -> ComputedExpression<Output> {
    ComputedExpression(.function(.upper, [node]))
  }

  /// Whether the text matches an SQL pattern, in which `%` stands for any number of characters and `_` for one.
  /// Letters match in their own case only; an index on the column answers patterns that begin with a text.
  ///
  /// - Parameters:
  ///   - pattern: The pattern, which must match the whole text.
  ///   - escape: The character before which `%` and `_` stand for themselves.
  public func like(_ pattern: String, escape: Unicode.Scalar? = nil) -> Condition {
    Condition(.like(node, LikePattern(pattern, escape: escape)))
  }

  /// Whether the text matches an SQL pattern as ``like(_:escape:)`` does, with ASCII letters in either case.
  ///
  /// - Parameters:
  ///   - pattern: The pattern, which must match the whole text.
  ///   - escape: The character before which `%` and `_` stand for themselves.
  public func ilike(_ pattern: String, escape: Unicode.Scalar? = nil) -> Condition {
    Condition(.like(node, LikePattern(pattern, escape: escape, ignoresCase: true)))
  }

  /// Whether the text begins with another one.
  ///
  /// - Parameter prefix: The text, in which no character has a special meaning.
  public func hasPrefix(_ prefix: String) -> Condition {
    Condition(.like(node, LikePattern(Self.escaped(prefix) + "%", escape: "\\")))
  }

  /// Whether the text has another one in it.
  ///
  /// - Parameter part: The text, in which no character has a special meaning.
  public func contains(_ part: String) -> Condition {
    Condition(.like(node, LikePattern("%" + Self.escaped(part) + "%", escape: "\\")))
  }

  private static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "%" || scalar == "_" || scalar == "\\" { result.append("\\") }
      result.append(scalar)
    }
    return String(result)
  }

  /// Whether a regular expression is found somewhere in the text; `^` and `$` bind it to the begin and the end.
  /// A query with a malformed one throws ``RomeError/Code/invalidQuery``.
  ///
  /// - Parameter pattern: A regular expression in Swift's syntax.
  public func matches(_ pattern: String) -> Condition {
    Condition(.matches(node, pattern))
  }
}

extension QueryExpression {
  /// The number of characters (Unicode code points) of a text, or of bytes; NULL for NULL and for other types.
  public var length: ComputedExpression<Int?> {
    ComputedExpression(.function(.length, [node]))
  }
}

/// The texts one after the other; NULL when one of them is.
///
/// - Parameter parts: Expressions of texts; ``constant(_:)`` makes one of a literal.
/// - Returns: The expression.
public func concat(_ parts: any QueryExpression...) -> ComputedExpression<String?> {
  ComputedExpression(.function(.concat, parts.map(\.node)))
}
