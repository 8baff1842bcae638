// SPDX-License-Identifier: Apache-2.0

import RomeTesting
import Testing

@testable import Rome

/// What users enter is data on every store: no text ends a key, a command or a script.
@Suite struct HostileTextTests {
  static let texts = [
    "", " ", "\n", "\r\n", "\0", "a\0b", "\0\0\0\u{1}", "\u{1}\u{2}", "a\r\n$3\r\nFOO\r\n*1\r\n$8\r\nFLUSHALL\r\n",
    "{x}",
    "{rome:0}:meta", "}", "rows:authors", "a:b", "a%3Ab", "%", "%00", "\"", "'", "\\", "\"'\\", "`id`", "$(id)", "*",
    "?[a-z]^", "KEYS[1]", "ARGV[1]", "]] redis.call('FLUSHALL') --[[", "end redis.call('FLUSHALL')",
    "'; DROP TABLE authors; --",
    "../../etc/passwd", "/", "[authors", "(authors", "+inf", "-", "nan", "NOSCRIPT", "caf\u{E9}", "cafe\u{301}",
    "\u{FEFF}",
    "\u{202E}abc", "\u{FFFF}", "👩‍👩‍👧", String(repeating: "{", count: 300),
  ]

  private func isSame(_ left: String?, _ right: String) -> Bool {
    // Equal texts may have different bytes; keys are told apart by their bytes.
    left.map { Array($0.utf8) == Array(right.utf8) } ?? false
  }

  @Test(arguments: TestStore.all)
  func `values come back as they were, are found, and touch nothing else`(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let session = RomeSession(store)
    for (number, text) in Self.texts.enumerated() {
      session.add(Tag(text))
      session.add(
        Book(isbn: text, title: text + String(repeating: text, count: number % 3 == 0 ? 200 : 1), price: number))
    }
    session.add(Book(title: String(repeating: "\r\n{\0\"", count: 64 << 10), price: -1))
    try await session.commit()
    let other = RomeSession(store)
    for (number, text) in Self.texts.enumerated() {
      #expect(isSame(try await other.find(Tag.self, text)?.name, text), "\(text.debugDescription)")
      let books = try await other.find(Book.isbn, text)
      #expect(books.map(\.price) == [number], "\(text.debugDescription)")
      #expect(isSame(books.first?.isbn, text))
      #expect(isSame(books.first?.title, text + String(repeating: text, count: number % 3 == 0 ? 200 : 1)))
    }
    #expect(try await other.query(Tag.self).count() == Self.texts.count)
    #expect(try await other.find(Book.price, -1).first?.title.utf8.count == 5 * (64 << 10))
    for text in Self.texts.reversed() {
      let tag = try #require(try await other.find(Tag.self, text))
      other.delete(tag)
    }
    try await other.commit()
    #expect(try await other.query(Tag.self).count() == 0)
    #expect(try await other.query(Book.self).count() == Self.texts.count + 1)
    try await expectClean(store)
  }

  /// Texts that are names: some store takes no empty one, and names that read the same may be one name.
  static let names = texts.filter { !$0.isEmpty && $0 != "caf\u{E9}" }

  @Test(arguments: TestStore.all)
  func `tables, indexes and sequences of any name are apart`(_ kind: TestStore) async throws {
    let store = try await kind.make()
    var writes: [Write] = []
    for (number, name) in Self.names.enumerated() {
      let key = Key([UInt8(number)])
      writes.append(.putRow(RowAddress(table: name, key: key), [UInt8(number), 0, 255, 0xC3, 0x28]))
      for space in [KeySpace.index("i", of: name), .index(name, of: "t")] {
        writes.append(.putEntry(space, IndexEntry(key: Key([1] + key.bytes), columnsLength: 1)))
      }
      writes.append(.advanceSequence(name, past: Int64(number)))
    }
    guard case .committed = try await store.commit(Commit(writes: writes)) else {
      Issue.record("the commit was refused")
      return
    }
    for (number, name) in Self.names.enumerated() {
      let pages = try await store.scan([Scan(.rows(name)), Scan(.index("i", of: name)), Scan(.index(name, of: "t"))])
      #expect(pages[0].entries.map(\.key) == [Key([UInt8(number)])], "\(name.debugDescription)")
      #expect(pages[0].rows.map { $0?.bytes ?? [] } == [[UInt8(number), 0, 255, 0xC3, 0x28]])
      for page in pages.dropFirst() { #expect(page.entries.map(\.key) == [Key([1, UInt8(number)])]) }
      #expect(try await store.reserveIDs(name, count: 1) == Int64(number + 1)...Int64(number + 1))
    }
  }

  @Test(arguments: TestStore.all)
  func `locks of any name are apart, and guard commits`(_ kind: TestStore) async throws {
    let store = try await kind.make()
    var tokens: [FencingToken] = []
    for (number, name) in Self.names.enumerated() {
      let request = LeaseRequest(
        name: name, claimant: LeaseClaimant(high: 7, low: UInt64(number)), duration: .seconds(600), patience: .zero)
      guard case .granted(let token) = try await store.acquireLease(request) else {
        Issue.record("\(name.debugDescription) is held already")
        return
      }
      tokens.append(token)
    }
    #expect(Set(tokens.map(\.rawValue)).count == tokens.count)
    for (position, name) in Self.names.enumerated() {
      let row = RowAddress(table: "t", key: Key([UInt8(position)]))
      func outcome(_ token: FencingToken) async throws -> CommitOutcome {
        try await store.commit(Commit(checks: [.lease(name, token: token)], writes: [.putRow(row, [1])]))
      }
      if case .committed = try await outcome(tokens[position]) {} else { Issue.record("\(name.debugDescription)") }
      #expect(try await store.releaseLease(name, token: tokens[position]), "\(name.debugDescription)")
      if case .conflict(0) = try await outcome(tokens[position]) {} else { Issue.record("\(name.debugDescription)") }
    }
  }

  @Test(arguments: TestStore.all)
  func `the longest names work, or are refused as too large`(_ kind: TestStore) async throws {
    let store = try await kind.make()
    let name = String(repeating: "\n{\"\0", count: 16 << 10)
    func work(_ body: () async throws -> Void) async throws {
      do { try await body() } catch let error as StoreError {
        #expect(error.code == .limitExceeded && !error.description.contains("\n{"), "\(error)")
      }
    }
    let request = LeaseRequest(
      name: name, claimant: LeaseClaimant(high: 1, low: 1), duration: .seconds(9), patience: .zero)
    try await work { _ = try await store.acquireLease(request) }
    try await work { _ = try await store.reserveIDs(name, count: 1) }
    try await work { _ = try await store.commit(Commit(writes: [.putRow(RowAddress(table: name, key: .first), [1])])) }
    try await work { _ = try await store.scan([Scan(.index(name, of: name))]) }
    #expect(try await store.reserveIDs("s", count: 1) == 1...1)
  }
}
