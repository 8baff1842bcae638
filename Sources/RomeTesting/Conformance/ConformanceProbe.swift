// SPDX-License-Identifier: Apache-2.0

public import Rome
internal import Synchronization

/// What a ``ConformanceCase`` works with: an empty store, and a place to report to. It can be shared by tasks.
public final class ConformanceProbe: Sendable {
  /// The store under test.
  public let store: any Store
  /// What random choices are drawn from.
  public let seed: UInt64
  private let reports = Mutex<[String]>([])

  /// Makes a probe of a store.
  init(store: any Store, seed: UInt64) {
    self.store = store
    self.seed = seed
  }

  /// What was reported so far. A store that is wrong everywhere is not listed endlessly.
  var messages: [String] {
    reports.withLock { $0 }
  }

  /// Reports that something is wrong.
  ///
  /// - Parameter message: What was expected and what was found.
  public func fail(_ message: String) {
    reports.withLock { if $0.count < 20 { $0.append(message) } }
  }

  /// Reports the message when something does not hold.
  ///
  /// - Parameters:
  ///   - holds: What must hold.
  ///   - message: What is wrong otherwise.
  public func expect(_ holds: Bool, _ message: @autoclosure () -> String) {
    if !holds { fail(message()) }
  }

  /// Reports when two values differ.
  ///
  /// - Parameters:
  ///   - found: What the store gave.
  ///   - expected: What is right.
  ///   - what: What the values are.
  public func expectEqual<Value: Equatable>(
    _ found: Value, _ expected: Value, _ what: @autoclosure () -> String
  ) {
    if found != expected { fail("\(what()): expected \(expected), found \(found)") }
  }

  /// Reports when the closure does not throw a ``StoreError`` with this code.
  ///
  /// - Parameters:
  ///   - code: The code that the error must have.
  ///   - what: What is tried.
  ///   - body: The call that must fail.
  public func expectError<Result>(
    _ code: StoreError.Code, _ what: String, _ body: () async throws -> Result
  ) async {
    do {
      let result = try await body()
      fail("\(what): expected the error \(code.rawValue), got \(result)")
    } catch let error as StoreError {
      expectEqual(error.code.rawValue, code.rawValue, what)
    } catch {
      fail("\(what): threw \(error), which is no StoreError")
    }
  }
}

/// Ends a case whose preparation did not work, so that what follows would mean nothing.
struct UnexpectedOutcome: Error, CustomStringConvertible {
  let description: String
}

extension ConformanceProbe {
  /// Commits writes that must be applied.
  ///
  /// - Throws: When they are not.
  @discardableResult
  func apply(_ writes: [Write], checks: [Check] = []) async throws -> CommitReceipt {
    let outcome = try await store.commit(Commit(checks: checks, writes: writes))
    guard case .committed(let receipt) = outcome else {
      throw UnexpectedOutcome(description: "a commit that must be applied ended as \(outcome)")
    }
    return receipt
  }

  /// Commits and expects the check at this position to fail.
  func expectConflict(_ position: Int, _ what: String, checks: [Check], writes: [Write] = []) async throws {
    let outcome = try await store.commit(Commit(checks: checks, writes: writes))
    guard case .conflict(let found) = outcome else { return fail("\(what): expected a conflict, got \(outcome)") }
    expectEqual(found, position, "\(what): the check that failed")
  }

  /// Commits and expects all checks to hold.
  func expectCommitted(_ what: String, checks: [Check], writes: [Write] = []) async throws {
    let outcome = try await store.commit(Commit(checks: checks, writes: writes))
    guard case .committed = outcome else { return fail("\(what): expected a commit, got \(outcome)") }
  }

  /// The row at an address.
  func row(_ address: RowAddress) async throws -> StoredRow? {
    let rows = try await store.read([address])
    guard rows.count == 1 else {
      throw UnexpectedOutcome(description: "a read of one address gave \(rows.count) rows")
    }
    return rows[0]
  }

  /// The whole answer to a scan, page by page.
  func all(_ scan: Scan, of reader: (any StoreReader)? = nil) async throws -> ScanPage {
    var rest = scan
    var whole = ScanPage(entries: [])
    for _ in 0..<100_000 {
      let pages = try await (reader ?? store).scan([rest])
      guard pages.count == 1, let page = pages.first else {
        throw UnexpectedOutcome(description: "one scan gave \(pages.count) pages")
      }
      whole.entries += page.entries
      whole.rows += page.rows
      whole.count += page.count
      guard page.isTruncated, scan.limit.map({ whole.entries.count < $0 }) ?? true else {
        whole.isTruncated = page.isTruncated
        return whole
      }
      guard let last = page.entries.last else {
        throw UnexpectedOutcome(description: "a truncated page has no entry, so the scan can't go on")
      }
      rest = rest.resumed(after: last)
      rest.limit = scan.limit.map { $0 - whole.entries.count }
    }
    throw UnexpectedOutcome(description: "a scan does not end")
  }

  /// The keys in a space.
  func keys(_ space: KeySpace, _ range: KeyRange = .all) async throws -> [Key] {
    try await all(Scan(space, range, fetch: .entries)).entries.map(\.key)
  }

  /// Everything in the spaces, to see later that nothing has changed.
  func contents(_ spaces: [KeySpace]) async throws -> [String] {
    var lines: [String] = []
    for space in spaces {
      let page = try await all(Scan(space, fetch: .rows))
      for (position, entry) in page.entries.enumerated() {
        let row = position < page.rows.count ? page.rows[position] : nil
        let text = row.map { "\($0.version.rawValue) \(Array($0.bytes))" } ?? "no row"
        lines.append("\(space) \(entry.key) \(entry.columnsLength) \(text)")
      }
    }
    return lines
  }
}

extension Key {
  /// The UTF-8 of a text.
  init(_ text: String) {
    self.init(Array(text.utf8))
  }
}

extension RowAddress {
  /// A row of the table `t`, which most cases use.
  static func t(_ key: String) -> RowAddress {
    RowAddress(table: "t", key: Key(key))
  }
}

extension KeySpace {
  /// The rows of the table `t`.
  static let t = KeySpace.rows("t")
  /// An index of the table `t`.
  static let tIndex = KeySpace.index("i", of: "t")
}

extension IndexEntry {
  /// An entry for the indexed bytes and the row.
  init(_ columns: String, _ row: String) {
    self.init(key: Key(columns + row), columnsLength: columns.utf8.count)
  }
}
