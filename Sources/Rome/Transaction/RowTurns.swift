// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Lets the transactions of one process take turns at a row that several of them change at once.
///
/// Of eight transactions that read a row, change it and commit, one wins and seven have read and sent for nothing. So who has
/// lost a row stands in line for it, and is first when it runs again; who comes to a row that has a line, joins it. Each one
/// hands the row that it has committed to the next, which then needs no read: a row that is contended costs one round trip for
/// each commit.
///
/// It only saves work. Commits are checked as if there were no lines, and other processes know nothing of them. Nobody waits
/// for ever: when a turn does not end in time, because its transaction waits for something that stands in line itself, the line
/// is broken up.
final class RowTurns: Sendable {
  /// How a wait has ended.
  enum Outcome: Sendable {
    /// There is no line, or the wait was given up.
    case none
    /// It is the turn of the one who has waited. The row is the one that its predecessor has committed; nil when it is not known.
    case turn(StoredRow?)
  }

  private struct Waiter {
    let number: UInt64
    let continuation: UnsafeContinuation<Outcome, Never>
  }

  private struct Line {
    /// Whose turn it is.
    var holder: UInt64
    /// Grows with each turn.
    var turn: UInt64
    var waiters: [Waiter] = []
    /// How long a turn may take.
    var patience: Duration
    /// How many turns have ended one after the other without a new row.
    var idleTurns = 0
    /// The task that watches over the line; 0 for none.
    var watch: UInt64 = 0
    /// Whether the holder has lost the row although it is its turn, to somebody who stood in no line: others stand aside now.
    var isUrgent = false
  }

  private struct State {
    var lines: [RowAddress: Line] = [:]
    var last: UInt64 = 0

    mutating func nextNumber() -> UInt64 {
      last += 1
      return last
    }
  }

  /// After so many turns without a new row those who wait are mostly readers, which need not wait for each other.
  private static let maximumIdleTurns = 4

  private let state = Mutex(State())
  /// How many lines there are, so that who finds none need not lock.
  private let count = Atomic<Int>(0)

  /// Whether there is no line.
  var isIdle: Bool { count.load(ordering: .relaxed) == 0 }

  /// How many wait for a row.
  func waiting(at address: RowAddress) -> Int {
    state.withLock { $0.lines[address]?.waiters.count ?? 0 }
  }

  /// A number for a transaction.
  func enroll() -> UInt64 {
    state.withLock { $0.nextNumber() }
  }

  /// Waits for the turn at a row.
  ///
  /// - Parameters:
  ///   - number: The transaction, which must not stand in this line already.
  ///   - address: The row.
  ///   - patience: How long a turn may take; nil to wait only where others do.
  func wait(_ number: UInt64, for address: RowAddress, opening patience: Duration?) async -> Outcome {
    let clock = LockClock.current
    return await withTaskCancellationHandler {
      await withUnsafeContinuation { continuation in
        let waiter = Waiter(number: number, continuation: continuation)
        let (outcome, watch) = state.withLock { join(&$0, waiter, address, patience) }
        if let outcome { return continuation.resume(returning: outcome) }
        if watch > 0 { Task.detached { await self.watch(address, watch, clock) } }
        // Who is cancelled before it stands in line is not found by the handler.
        if Task.isCancelled { giveUp(number, address) }
      }
    } onCancel: {
      giveUp(number, address)
    }
  }

  /// Puts a transaction into a line.
  ///
  /// - Returns: How the wait ends, when it does at once; the number of the watch that must begin, or 0.
  private func join(
    _ state: inout State, _ waiter: Waiter, _ address: RowAddress, _ patience: Duration?
  ) -> (Outcome?, UInt64) {
    guard var line = state.lines[address] else {
      guard let patience else { return (Outcome.none, 0) }
      state.lines[address] = Line(holder: waiter.number, turn: state.nextNumber(), patience: patience)
      count.add(1, ordering: .relaxed)
      return (.turn(nil), 0)
    }
    if let patience { line.patience = max(line.patience, patience) }
    line.waiters.append(waiter)
    let begins = line.watch == 0
    if begins { line.watch = state.nextNumber() }
    state.lines[address] = line
    return (nil, begins ? line.watch : 0)
  }

  /// Ends a turn; nothing happens when it is over already.
  ///
  /// - Parameters:
  ///   - number: The transaction.
  ///   - address: The row.
  ///   - row: The row as the transaction has committed it; nil when it has not.
  func end(_ number: UInt64, at address: RowAddress, passing row: StoredRow?) {
    let (released, outcome) = state.withLock { state -> ([Waiter], Outcome) in
      guard var line = state.lines[address], line.holder == number else { return ([], .none) }
      line.idleTurns = row == nil ? line.idleTurns + 1 : 0
      if line.waiters.isEmpty || line.idleTurns >= Self.maximumIdleTurns {
        remove(address, &state)
        return (line.waiters, .none)
      }
      let next = line.waiters.removeFirst()
      line.holder = next.number
      line.turn = state.nextNumber()
      line.isUrgent = false
      state.lines[address] = line
      return ([next], .turn(row))
    }
    for waiter in released { waiter.continuation.resume(returning: outcome) }
  }

  /// Notes that a transaction has lost a row although it is its turn.
  func hurry(_ number: UInt64, at address: RowAddress) {
    state.withLock { if $0.lines[address]?.holder == number { $0.lines[address]?.isUrgent = true } }
  }

  /// The rows whose turns others should not compete with.
  var urgentRows: [RowAddress] {
    state.withLock { state in state.lines.compactMap { $1.isUrgent ? $0 : nil } }
  }

  private func giveUp(_ number: UInt64, _ address: RowAddress) {
    let waiter = state.withLock { state -> Waiter? in
      guard let position = state.lines[address]?.waiters.firstIndex(where: { $0.number == number }) else { return nil }
      return state.lines[address]?.waiters.remove(at: position)
    }
    waiter?.continuation.resume(returning: .none)
  }

  private func remove(_ address: RowAddress, _ state: inout State) {
    state.lines[address] = nil
    count.subtract(1, ordering: .relaxed)
  }

  /// Breaks the line up when a turn takes too long. It ends with the line, or when nobody waits in it.
  private func watch(_ address: RowAddress, _ number: UInt64, _ clock: LockClock) async {
    var seen: UInt64 = 0
    while true {
      let line = state.withLock { state -> Line? in
        guard let line = state.lines[address], line.watch == number else { return nil }
        if line.waiters.isEmpty {
          state.lines[address]?.watch = 0
          return nil
        }
        if line.turn == seen { remove(address, &state) }
        return line
      }
      guard let line else { return }
      if line.turn == seen {
        for waiter in line.waiters { waiter.continuation.resume(returning: .none) }
        return
      }
      seen = line.turn
      await clock.sleepThrough(line.patience)
    }
  }
}

/// The places that one transaction has in lines.
///
/// It waits either before its first read, when it holds no turn, or between two attempts, where it gives all its turns back and
/// takes them again in the order of the rows. So those who wait for each other never form a circle.
final class RowTurn {
  private let turns: RowTurns
  private lazy var number = turns.enroll()
  /// The rows that were lost in earlier attempts, in their order.
  private var contended: [RowAddress] = []
  private var held: Set<RowAddress> = []
  /// What the predecessors have handed over; a transaction that reads a snapshot does without.
  private var handed: [RowAddress: StoredRow] = [:]
  /// What the successors get.
  private var committed: [RowAddress: StoredRow] = [:]

  /// The row at which the transaction stood aside: its attempt is based on an older one, and will lose.
  private var yielded: RowAddress?

  /// The most rows that a transaction stands in line for.
  private static let maximumRows = 4

  init(_ turns: RowTurns) {
    self.turns = turns
  }

  deinit {
    leave()
  }

  /// Whether it is the transaction's turn at a row.
  func holds(_ address: RowAddress) -> Bool { held.contains(address) }

  /// Whether a read may have to wait, or has been done by somebody else.
  func concerns(_ address: RowAddress) -> Bool {
    held.isEmpty ? !turns.isIdle : handed[address] != nil
  }

  /// Joins the line of a row before it is read, if there is one.
  ///
  /// - Parameters:
  ///   - address: The row.
  ///   - isFirstRead: Whether the transaction has read nothing yet: only then it may wait.
  /// - Returns: The row, if it need not be read. Whoever uses it must let the commit check its version.
  func enter(_ address: RowAddress, isFirstRead: Bool) async -> StoredRow? {
    if let row = handed.removeValue(forKey: address) { return row }
    guard isFirstRead, held.isEmpty, case .turn(let row) = await turns.wait(number, for: address, opening: nil) else {
      return nil
    }
    held.insert(address)
    return row
  }

  /// Stands in line for a row that an attempt has lost to somebody else, and for those of the attempts before.
  ///
  /// - Parameters:
  ///   - address: The row.
  ///   - duration: How long the attempt took.
  /// - Returns: Whether the turn has come by that. When the transaction had it already, another process is in the way.
  func join(lost address: RowAddress, lasting duration: Duration) async -> Bool {
    handed = [:]
    let hasYielded = yielded == address
    yielded = nil
    if held.contains(address) {
      if hasYielded { return true }
      turns.hurry(number, at: address)
      return false
    }
    if !contended.contains(address), contended.count < Self.maximumRows {
      contended.append(address)
      contended.sort { ($0.table, $0.key) < ($1.table, $1.key) }
    }
    leave()
    // A turn lasts as long as an attempt, so one that lasts many times longer is stuck.
    let patience = max(.milliseconds(10), min(.seconds(1), duration * 8))
    for address in contended {
      guard case .turn(let row) = await turns.wait(number, for: address, opening: patience) else { return false }
      held.insert(address)
      handed[address] = row
    }
    return held.contains(address)
  }

  /// Lets those commit first who have lost a row again and again that this transaction writes. Who reads a snapshot comes to no
  /// line before that, and would win each time against somebody who is woken by it.
  ///
  /// Who has a turn itself waits for nobody.
  func standAside(for buffer: WriteBuffer) async {
    guard held.isEmpty, !turns.isIdle else { return }
    for address in turns.urgentRows where buffer.row(address) != nil {
      if case .turn = await turns.wait(number, for: address, opening: nil) {
        held.insert(address)
        yielded = address
      }
      return
    }
  }

  /// Notes a row that was committed, for the next one in its line.
  func note(_ buffer: WriteBuffer, _ revision: Revision) {
    for address in held {
      guard let bytes = buffer.row(address)?.bytes else { continue }
      committed[address] = StoredRow(version: revision, bytes: bytes)
    }
  }

  /// Ends all turns.
  func leave() {
    for address in held { turns.end(number, at: address, passing: committed[address]) }
    held = []
    committed = [:]
    handed = [:]
  }
}
