// SPDX-License-Identifier: Apache-2.0

public import Rome

/// Draws what happens to a store at random, from few tables, keys and values, so that things meet often.
///
/// The same seed draws the same, given that the model that is passed in goes the same way.
public struct RandomHistory: Sendable {
  /// What everything is drawn from.
  public var random: SeededGenerator
  /// The spaces of rows and of index entries that are used.
  public let spaces: [KeySpace] = [
    .rows("a"), .rows("b"), .index("one", of: "a"), .index("two", of: "a"), .index("one", of: "b"),
  ]
  private let alphabet: [UInt8] = [0x00, 0x01, 0x61, 0xFF]

  /// Makes a source of random events.
  ///
  /// - Parameter seed: What they are drawn from.
  public init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  /// A key of up to three bytes, of four different ones.
  public mutating func key() -> Key {
    Key(random.bytes(upTo: 3, of: alphabet))
  }

  /// An address in one of the tables.
  public mutating func address() -> RowAddress {
    RowAddress(table: random.chance(0.5) ? "a" : "b", key: key())
  }

  /// A range: all, a prefix, between two keys (perhaps inverted), or open at the end.
  public mutating func range() -> KeyRange {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: .all
    case 1: .prefix(random.bytes(upTo: 2, of: alphabet))
    case 2: KeyRange(lower: key(), upper: nil)
    default: KeyRange(lower: key(), upper: key())
    }
  }

  /// One of the spaces.
  public mutating func space() -> KeySpace {
    spaces[Int.random(in: 0..<spaces.count, using: &random)]
  }

  /// An entry; equal keys have equal columns.
  public mutating func entry() -> IndexEntry {
    let key = key()
    return IndexEntry(key: key, columnsLength: key.bytes.count / 2)
  }

  /// A scan of any kind.
  public mutating func scan() -> Scan {
    let fetches: [Scan.Fetch] = [.count, .entries, .rows]
    return Scan(
      space(), range(), limit: random.chance(0.5) ? nil : Int.random(in: 1...8, using: &random),
      direction: random.chance(0.5) ? .forward : .backward, fetch: fetches[Int.random(in: 0..<3, using: &random)])
  }

  /// A write of any kind.
  public mutating func write() -> Write {
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<4: .putRow(address(), random.bytes(upTo: 6))
    case 4..<6: .deleteRow(address())
    case 6..<8: .putEntry(spaces[Int.random(in: 2..<spaces.count, using: &random)], entry())
    case 8: .deleteEntry(spaces[Int.random(in: 2..<spaces.count, using: &random)], entry())
    default: .advanceSequence("s", past: Int64.random(in: -10...1000, using: &random))
    }
  }

  /// A check that holds on the model, or, with the given probability, one that perhaps does not.
  public mutating func check(on model: StoreModel, wrong: Double) -> Check {
    let isWrong = random.chance(wrong)
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      let address = address()
      let version = model.row(address)?.version
      guard isWrong else { return .row(address, version: version) }
      guard let version else { return .row(address, version: Revision(rawValue: 1)) }
      return .row(address, version: random.chance(0.5) ? nil : Revision(rawValue: version.rawValue - 1))
    case 1:
      if !isWrong, let address = model.addresses.randomElement(using: &random) {
        return .exists(address)
      }
      return .exists(address())
    case 2:
      let space = space()
      let range = range()
      var keys = model.entries(space, range).map(\.key)
      if isWrong {
        let position = keys.isEmpty ? nil : Int.random(in: 0..<keys.count, using: &random)
        switch (position, Int.random(in: 0..<3, using: &random)) {
        case (nil, _), (_, 0): keys.append(key())
        case (let position?, 1): keys.remove(at: position)
        case (let position?, _): keys[position] = key()
        }
      }
      return .range(space, range, keys: keys)
    default:
      let space = space()
      let range = range()
      return .count(space, range, model.entries(space, range).count + (isWrong ? 1 : 0))
    }
  }

  /// A commit with some checks, most of which hold, and some writes.
  public mutating func commit(on model: StoreModel) -> Commit {
    let checks = (0..<Int.random(in: 0...4, using: &random)).map { _ in check(on: model, wrong: 0.1) }
    let writes = (0..<Int.random(in: 0...6, using: &random)).map { _ in write() }
    let id = CommitID(high: random.next(), low: random.next())
    return Commit(id: id, checks: checks, writes: writes)
  }
}
