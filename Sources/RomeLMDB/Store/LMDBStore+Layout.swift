// SPDX-License-Identifier: Apache-2.0

public import Rome

extension LMDBStore {
  /// Compares the count that is kept of a space with how many rows or entries it has.
  ///
  /// Only one state proves that they disagree, so the space is walked over as a whole, on the thread of the caller: some ten
  /// milliseconds for a million.
  ///
  /// - Parameters:
  ///   - space: The key space.
  ///   - position: Not used: there is one part.
  ///   - limit: Not used.
  /// - Returns: The problem `wrongCount`, or none.
  /// - Throws: As ``read(_:)``.
  public func inspectLayout(
    of space: KeySpace, from position: LayoutPosition?, limit: Int
  ) async throws(StoreError) -> LayoutPage {
    try StoreError.throwIfCancelled()
    let size = try await ReadTransaction.begin(engine).withState { state throws(StoreError) in
      try state.miscountedSize(space)
    }
    return LayoutPage(problems: size == nil ? [] : [LayoutProblem(.wrongCount, space: space, key: .first)])
  }

  /// Counts a space again whose count is wrong. Nobody can write meanwhile.
  ///
  /// - Parameter problem: The problem.
  /// - Returns: Whether something was changed.
  /// - Throws: What ``commit(_:)`` throws.
  public func mendLayout(_ problem: LayoutProblem) async throws(StoreError) -> Bool {
    try StoreError.throwIfCancelled()
    guard problem.kind == .wrongCount else { return false }
    return try await write { state throws(StoreError) in try state.mendCount(problem.space) }
  }
}
