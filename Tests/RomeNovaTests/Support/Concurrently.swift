// SPDX-License-Identifier: Apache-2.0

/// Runs the same work many times at the same time, each with its number.
///
/// - Returns: The results in the order of the numbers.
func concurrently<Result: Sendable>(
  _ count: Int, _ work: @escaping @Sendable (Int) async throws -> Result
) async throws -> [Result] {
  try await withThrowingTaskGroup(of: (Int, Result).self) { group in
    for number in 0..<count { group.addTask { (number, try await work(number)) } }
    return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
  }
}
