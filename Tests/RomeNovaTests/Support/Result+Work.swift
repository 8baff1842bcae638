// SPDX-License-Identifier: Apache-2.0

extension Result {
  /// The outcome of a work.
  init(_ work: () async throws(Failure) -> Success) async {
    do {
      self = .success(try await work())
    } catch {
      self = .failure(error)
    }
  }
}
