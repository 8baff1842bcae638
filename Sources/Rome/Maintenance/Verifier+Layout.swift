// SPDX-License-Identifier: Apache-2.0

extension Verifier {
  /// Asks the store how it keeps some spaces, before anything is concluded from what it reads there.
  ///
  /// - Parameter spaces: The spaces.
  /// - Returns: Those that can't be scanned, because something foreign is in them.
  mutating func verifyLayout(of spaces: [KeySpace]) async throws(RomeError) -> Set<KeySpace> {
    var unreadable: Set<KeySpace> = []
    for space in spaces {
      // A store may come to the same key twice. No more are remembered than are reported.
      var known: Set<LayoutProblem> = []
      var position: LayoutPosition?
      repeat {
        if Task.isCancelled { throw RomeError(.cancelled, "the task was cancelled") }
        let begin = position
        let page = try await romeError { () async throws(StoreError) in
          try await store.inspectLayout(of: space, from: begin, limit: batchSize)
        }
        for problem in page.problems where !known.contains(problem) {
          if known.count < VerificationReport.maximumProblems { known.insert(problem) }
          let isMended = try await note(problem)
          if !isMended, problem.kind == .foreignEntry || problem.kind == .foreignRow { unreadable.insert(space) }
        }
        position = page.next
        if position != nil || !page.problems.isEmpty { tell(space) }
      } while position != nil
    }
    return unreadable
  }

  private mutating func note(_ layoutProblem: LayoutProblem) async throws(RomeError) -> Bool {
    let space = layoutProblem.space
    let problem = VerificationReport.Problem(
      kind: .init(layoutProblem.kind), table: space.table, name: space.index, key: layoutProblem.key)
    report.note(problem)
    return try await handle(
      Finding(problem: problem, evidence: [], remedy: [], conditions: [], layoutProblem: layoutProblem))
  }
}
