// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import Synchronization

/// What a client tells of a step, as one line of JSON.
struct ClientLine: Codable, Hashable, Sendable {
  /// The steps.
  enum Kind: String, Codable, Sendable {
    /// A transaction begins; the line says what it will write.
    case begin
    /// A commit that writes is about to be handed to the store.
    case commit
    /// The client holds a lock, and has told so before it commits under it.
    case holds
    /// The transaction has ended.
    case end
  }

  /// How a transaction ended.
  enum Outcome: String, Codable, Sendable {
    case committed, aborted, unknown
  }

  var kind: Kind
  /// The client.
  var client: Int
  /// When, by ``MachineClock``.
  var time: Int
  /// `begin`: the value that is written; nil when the transaction only reads.
  var value: Int?
  /// `begin`: the lists that the value is appended to.
  var lists: [String]?
  /// `commit`: the two halves of the id.
  var commit: [UInt64]?
  /// `end`: how.
  var outcome: Outcome?
  /// `end`: the lists that were read.
  var seen: [String: [Int]]?
  /// `end`: whether the answer to the commit was lost.
  var isDoubted: Bool?
  /// `end`: the code of the error.
  var failure: String?

  /// Whether the store refused the transaction for another reason than somebody who was faster.
  var isRefusal: Bool { Self.refusals.contains(failure ?? "") }
  /// The codes of a store that is away or full.
  static let refusals: Set<String> = [RomeError.Code.store.rawValue, RomeError.Code.limitExceeded.rawValue]

  init(_ kind: Kind, _ client: Int) {
    self.kind = kind
    self.client = client
    time = MachineClock.now
  }
}

/// Lines must not mix. A mutex can't be captured, an object that has one can.
private final class Lock: Sendable {
  let mutex = Mutex(())
}

/// The standard output, on which clients tell what they do.
final class LineOutput: Sendable {
  private let sink: @Sendable (ClientLine) -> Void

  /// The standard output of the process. Who can't be told has ended, and then the process has no purpose.
  init() {
    let lock = Lock()
    sink = { line in
      guard let text = try? JSONEncoder().encode(line) else { return }
      lock.mutex.withLock { _ in
        do {
          try FileHandle.standardOutput.write(contentsOf: text + Data("\n".utf8))
        } catch {
          exit(1)
        }
      }
    }
  }

  /// Hands the lines to somebody else.
  init(_ sink: @escaping @Sendable (ClientLine) -> Void) { self.sink = sink }

  /// Tells a step. It has been told when this returns, whatever then happens to the process.
  func write(_ line: ClientLine) { sink(line) }
}
