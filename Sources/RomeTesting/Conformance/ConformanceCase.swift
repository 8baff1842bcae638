// SPDX-License-Identifier: Apache-2.0

import Rome

/// One promise of the store protocol, and how it is put to the test.
public struct ConformanceCase: Sendable {
  /// What a case asks of a store beyond the protocol. A store that does not declare it skips the case.
  public enum Requirement: String, Hashable, Sendable {
    /// The store declares snapshots.
    case snapshotReads
    /// The store declares the most bytes of a key.
    case maximumKeyBytes
    /// The store declares the most bytes of a row.
    case maximumRowBytes
    /// The store declares the most bytes of a commit.
    case maximumCommitBytes

    /// Whether a store with these capabilities is asked to pass the case.
    func isMet(by capabilities: StoreCapabilities) -> Bool {
      switch self {
      case .snapshotReads: capabilities.snapshotReads
      case .maximumKeyBytes: capabilities.maximumKeyBytes != nil
      case .maximumRowBytes: capabilities.maximumRowBytes != nil
      case .maximumCommitBytes: capabilities.maximumCommitBytes != nil
      }
    }
  }

  /// The name of the case, which does not change between versions of Rome.
  public let name: String
  /// What the case checks, as a promise in words.
  public let promise: String
  /// What the store must declare; nil when every store must pass the case.
  public let requirement: Requirement?
  /// Puts the promise to the test on a fresh, empty store.
  let body: @Sendable (ConformanceProbe) async throws -> Void

  /// Makes a case, for what an adapter promises beyond the suite.
  ///
  /// - Parameters:
  ///   - name: The name of the case.
  ///   - promise: What it checks.
  ///   - requirement: What the store must declare; nil when every store must pass.
  ///   - body: The test. What does not hold is reported to the probe; an error that is thrown is a failure too.
  public init(
    _ name: String, _ promise: String, requires requirement: Requirement? = nil,
    body: @escaping @Sendable (ConformanceProbe) async throws -> Void
  ) {
    self.name = name
    self.promise = promise
    self.requirement = requirement
    self.body = body
  }
}

extension ConformanceCase: CustomStringConvertible {
  /// The name of the case.
  public var description: String { name }
}

/// What became of one case.
public enum ConformanceResult: Sendable, Hashable {
  /// The store keeps the promise.
  case passed
  /// The store does not declare what the case needs.
  case skipped(ConformanceCase.Requirement)
  /// The store breaks the promise; the failures say where.
  case failed([ConformanceFailure])
}

/// One thing that a store did wrong.
public struct ConformanceFailure: Sendable, Hashable, CustomStringConvertible {
  /// The name of the case.
  public let caseName: String
  /// What was expected and what was found.
  public let message: String

  /// The case and the message.
  public var description: String { "\(caseName): \(message)" }
}
