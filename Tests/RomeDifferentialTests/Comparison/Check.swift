// SPDX-License-Identifier: Apache-2.0

@testable import Rome

extension Environment {
  /// Asks both sides.
  ///
  /// - Returns: What is wrong with Rome's answer; nil when nothing is.
  func mismatch(_ query: TestQuery, _ mode: Mode) async throws -> String? {
    let expected = try expected(query, mode)
    let actual: [[Value]]
    do {
      actual = try await self.actual(query, mode).map { $0.map(\.normalised) }
    } catch {
      return "Rome throws \(error)\n\(Self.text("SQLite", expected))"
    }
    let isSame = query.isTotallyOrdered ? expected == actual : Self.counts(expected) == Self.counts(actual)
    if !isSame { return "\(Self.text("SQLite", expected))\n\(Self.text("Rome", actual))" }
    for (first, second) in zip(actual, actual.dropFirst()) where !Self.isOrdered(first, second, query.orderedOutputs) {
      return "Rome does not order the rows:\n\(Self.text("Rome", actual))"
    }
    return nil
  }

  /// Asks both sides for a query of the public interface.
  ///
  /// - Returns: What is wrong with Rome's answer; nil when nothing is.
  func mismatch(_ query: TypedQuery, isChanged: Bool) async throws -> String? {
    let expected = try database(isChanged: isChanged).rows(query.sql)
    let actual = try await query.run(session(isChanged: isChanged))
    let isSame = query.isOrdered ? expected == actual : Self.counts(expected) == Self.counts(actual)
    return isSame ? nil : "\(Self.text("SQLite", expected))\n\(Self.text("Rome", actual))"
  }

  private static func counts(_ rows: [[Value]]) -> [[Value]: Int] {
    Dictionary(rows.map { ($0, 1) }, uniquingKeysWith: +)
  }

  /// Whether two rows that follow each other may do so.
  private static func isOrdered(
    _ first: [Value], _ second: [Value], _ keys: [(isDescending: Bool, hasNullsFirst: Bool?)]
  ) -> Bool {
    for (place, key) in keys.enumerated() {
      let (left, right) = (first[place], second[place])
      if left == right { continue }
      if left.isNull || right.isNull { return left.isNull == key.hasNullsFirst ?? !key.isDescending }
      return left.isBefore(right) != key.isDescending
    }
    return true
  }

  private static func text(_ title: String, _ rows: [[Value]]) -> String {
    let lines = rows.prefix(40).map { "  " + $0.map(\.description).joined(separator: " | ") }
    let more = rows.count > 40 ? ["  …"] : []
    return (["\(title): \(rows.count) rows"] + lines + more).joined(separator: "\n")
  }
}

extension Value {
  /// Whether the value comes before another one of its type, as SQLite sorts; on purpose not by Rome's own comparison.
  fileprivate func isBefore(_ other: Value) -> Bool {
    switch (self, other) {
    case (.int(let left), .int(let right)): left < right
    case (.double(let left), .double(let right)): left < right
    case (.string(let left), .string(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
    default: false
    }
  }
}
