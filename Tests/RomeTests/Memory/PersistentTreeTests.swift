// SPDX-License-Identifier: Apache-2.0

import RomeTesting
import Testing

@testable import Rome

/// The tree against the simplest model of it: a dictionary whose keys are sorted at each look.
@Suite struct PersistentTreeTests {
  /// The tree and its model at one moment; both are values, so neither may change later.
  struct Moment {
    var tree = PersistentTree<Int>()
    var model: [Key: Int] = [:]

    var sorted: [Key] { model.keys.sorted() }

    mutating func insert(_ key: Key, _ payload: Int, replaces: Bool = true) {
      tree.insert(key, payload, replaces: replaces)
      if replaces || model[key] == nil { model[key] = payload }
    }

    mutating func remove(_ key: Key) {
      tree.remove(key)
      model[key] = nil
    }

    func expectEqual(_ comment: Comment) {
      #expect(tree._checkInvariants() == [], comment)
      #expect(tree.count == model.count, comment)
      let all = tree.entries(.all, .forward)
      #expect(all.map(\.0) == sorted, comment)
      #expect(all.map(\.1) == sorted.map { model[$0] }, comment)
    }

    func expectEqual(_ range: KeyRange, _ comment: Comment) {
      let expected = sorted.filter { range.contains($0) }
      #expect(tree.entries(range, .forward).map(\.0) == expected, comment)
      #expect(tree.entries(range, .backward).map(\.0) == expected.reversed(), comment)
      #expect(tree.count(in: range) == expected.count, comment)
    }
  }

  /// How keys are drawn: what makes a tree go wrong differs between them.
  enum Keys: CaseIterable {
    case fewBytes, anyBytes, longEqualPrefixes, groups, zerosAtTheEnd, ascending, descending

    func next(_ random: inout SeededGenerator, _ step: Int) -> Key {
      switch self {
      case .fewBytes: Key(random.bytes(upTo: 4, of: [0x00, 0x01, 0x7F, 0xFF]))
      case .anyBytes: Key(random.bytes(upTo: 12))
      case .longEqualPrefixes: Key(Array(repeating: 0x61, count: 15) + random.bytes(upTo: 3))
      case .groups:
        // As the entries of an index with few values; at times a key that has nothing in common with the others.
        Key(
          Array(["host-1", "host-100", "host-2", "", "ho"][step % 50 == 0 ? step % 5 : step % 3].utf8)
            + random.bytes(upTo: 3))
      case .zerosAtTheEnd:
        Key(random.bytes(upTo: 1) + Array(repeating: 0, count: Int.random(in: 0...18, using: &random)))
      case .ascending: Key([UInt8(step >> 8 & 0xFF), UInt8(step & 0xFF)])
      case .descending: Key([UInt8((9999 - step) >> 8 & 0xFF), UInt8((9999 - step) & 0xFF)])
      }
    }
  }

  @Test(arguments: Keys.allCases, 0..<4 as Range<UInt64>)
  func `a tree holds what a sorted dictionary holds, and copies stay as they were`(keys: Keys, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var now = Moment()
    var earlier: [Moment] = []
    for step in 0..<3000 {
      // It grows to some thousand entries, shrinks to nearly none, and grows again.
      let grows = step % 2000 < 1200
      if random.chance(grows ? 0.85 : 0.1) {
        now.insert(keys.next(&random, step), step, replaces: random.chance(0.5))
      } else if let present = now.model.keys.randomElement(using: &random), random.chance(0.9) {
        now.remove(present)
      } else {
        now.remove(keys.next(&random, step))
      }
      if random.chance(0.005) { earlier.append(now) }
      if earlier.count > 6 { earlier.remove(at: Int.random(in: 0..<earlier.count, using: &random)) }
      if step % 100 == 0 {
        now.expectEqual("seed \(seed), step \(step)")
        let bounds = [keys.next(&random, step), now.sorted.randomElement(using: &random) ?? .first]
        now.expectEqual(KeyRange(lower: bounds[0], upper: bounds[1]), "seed \(seed), step \(step)")
        now.expectEqual(KeyRange(lower: bounds[1], upper: bounds[0]), "seed \(seed), step \(step)")
        now.expectEqual(KeyRange(lower: bounds[1], upper: nil), "seed \(seed), step \(step)")
      }
    }
    #expect(!earlier.isEmpty)
    for moment in earlier { moment.expectEqual("a copy, seed \(seed)") }
    for key in now.sorted.shuffled(using: &random) { now.remove(key) }
    now.expectEqual("emptied, seed \(seed)")
    #expect(now.tree.root == nil)
    for moment in earlier { moment.expectEqual("a copy of an emptied tree, seed \(seed)") }
  }

  @Test func `keys in ascending order leave full nodes behind`() {
    var tree = PersistentTree<Int>()
    for number in 0..<64 * 100 { tree.insert(Key([UInt8(number >> 8), UInt8(number & 0xFF)]), number) }
    #expect(tree._checkInvariants() == [])
    #expect(tree.leafWidths == Array(repeating: 64, count: 100))
  }

  @Test func `a tree that nobody copied changes its nodes in place`() throws {
    var tree = PersistentTree<Int>()
    for number in 0..<10_000 { tree.insert(Key([UInt8(number >> 8), UInt8(number & 0xFF)]), number) }
    let key = Key([0x10, 0x10])
    let before = tree.path(to: key)
    tree.insert(key, -1)
    #expect(tree.path(to: key) == before)
    let copy = tree
    tree.insert(key, -2)
    let after = tree.path(to: key)
    #expect(zip(before, after).allSatisfy { $0 != $1 })
    #expect(copy.path(to: key) == before)
    #expect(copy.find(key) == -1)
    #expect(tree.find(key) == -2)
    // Everything beside the path is shared.
    let elsewhere = Key([0x00, 0x00])
    #expect(copy.path(to: elsewhere).last == tree.path(to: elsewhere).last)
  }

  @Test func `a removal of a key that is not there copies nothing`() {
    var tree = PersistentTree<Int>()
    for number in 0..<1000 { tree.insert(Key([UInt8(number >> 8), UInt8(number & 0xFF)]), number) }
    let copy = tree
    tree.remove(Key([0x00, 0x01, 0x00]))
    #expect(copy.path(to: .first) == tree.path(to: .first))
  }
}

extension PersistentTree {
  func entries(_ range: KeyRange, _ direction: Scan.Direction) -> [(Key, Payload)] {
    var result: [(Key, Payload)] = []
    walk(range, direction) { leaf, found in
      let entries = found.map { (leaf.keys[$0], leaf.payloads[$0]) }
      result += direction == .forward ? entries : entries.reversed()
      return true
    }
    return result
  }

  /// The identities of the nodes from the root to the leaf of a key.
  func path(to key: Key) -> [ObjectIdentifier] {
    var result: [ObjectIdentifier] = []
    var node = root
    while let current = node {
      result.append(ObjectIdentifier(current))
      node = current.isLeaf ? nil : key.withSearchKey { current.children[current.childIndex($0)] }
    }
    return result
  }

  var leafWidths: [Int] {
    func widths(_ node: TreeNode<Payload>) -> [Int] {
      node.isLeaf ? [node.width] : node.children.flatMap { widths($0) }
    }
    return root.map { widths($0) } ?? []
  }
}
