// SPDX-License-Identifier: Apache-2.0

/// What ``Store/repair(batchSize:progress:)`` did.
public struct RepairReport: Hashable, Sendable {
  /// What was looked at, and all problems that were found.
  public internal(set) var verification = VerificationReport()
  /// How many problems were mended.
  public internal(set) var repairedCount = 0
  /// The first problems that were mended, at most ``VerificationReport/maximumProblems``.
  public internal(set) var repaired: [VerificationReport.Problem] = []
  /// The first problems that are still there, at most ``VerificationReport/maximumProblems``: which of two rows with a unique value is the
  /// right one, what a row once held, and what a reference meant, only people can know.
  public internal(set) var remaining: [VerificationReport.Problem] = []

  /// Whether all is right now.
  public var isClean: Bool { remaining.isEmpty }

  fileprivate mutating func note(_ problem: VerificationReport.Problem, isRepaired: Bool) {
    if isRepaired {
      repairedCount += 1
      if repaired.count < VerificationReport.maximumProblems { repaired.append(problem) }
    } else if remaining.count < VerificationReport.maximumProblems {
      remaining.append(problem)
    }
  }
}

extension RepairReport: CustomStringConvertible {
  /// The counts, and a line for each change and for each problem that is left.
  public var description: String {
    let counts = "\(verification.rowCount) rows, \(verification.entryCount) index entries"
    let summary = "\(counts): \(repairedCount) problems mended, \(verification.problemCount - repairedCount) left"
    let lines = repaired.map { "mended \($0)" } + remaining.map { "left \($0)" }
    return ([summary] + lines).joined(separator: "\n")
  }
}

extension Store {
  /// Mends what another tool, or a damaged disk, has broken: gives rows the index entries that they lack, removes entries whose rows are
  /// gone or have other values, moves sequences past the rows, and lets the store mend how it keeps them. Rows are never changed.
  ///
  /// Each change is a commit of its own, which checks that what it mends is still wrong; so others can read and write meanwhile, and
  /// it can be stopped and run again at any time.
  ///
  /// - Parameters:
  ///   - batchSize: How many rows or entries to read at once.
  ///   - progress: Called after each batch.
  /// - Returns: Each change, and what is left.
  /// - Throws: ``RomeError`` when the store can't be read or written.
  public func repair(
    batchSize: Int = 500, progress: @escaping (VerificationProgress) -> Void = { _ in }
  ) async throws(RomeError) -> RepairReport {
    let changes = RepairChanges()
    var verifier = Verifier(
      store: self, batchSize: batchSize, progress: progress,
      handle: { finding throws(RomeError) in
        if let problem = finding.layoutProblem {
          let isMended = try await romeError { () async throws(StoreError) in try await self.mendLayout(problem) }
          changes.report.note(finding.problem, isRepaired: isMended)
          return isMended
        }
        if finding.remedy.isEmpty {
          changes.report.note(finding.problem, isRepaired: false)
          return false
        }
        switch try await self.commitResolving(
          Commit(checks: finding.evidence + finding.conditions, writes: finding.remedy))
        {
        case .committed:
          changes.report.note(finding.problem, isRepaired: true)
          return true
        case .conflict:
          // Somebody has changed it meanwhile; what is wrong then is for the next run.
          changes.report.note(finding.problem, isRepaired: false)
          return false
        case .unknown(let error):
          throw RomeError(
            .unknownOutcome, "the answer to a repair was lost", entity: finding.problem.table, underlying: error)
        }
      })
    try await verifier.verifyAll()
    var report = changes.report
    report.verification = verifier.report
    return report
  }
}

/// The changes of a repair, which its verification adds to.
private final class RepairChanges {
  var report = RepairReport()
}
