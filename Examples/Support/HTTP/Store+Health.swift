// SPDX-License-Identifier: Apache-2.0

public import Rome

extension Store {
  /// Whether the store answers.
  ///
  /// - Parameter patience: How long to wait for it.
  public func answers(within patience: Duration = .seconds(2)) async -> Bool {
    await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        // A read of a row that nobody writes: what counts is that it is answered.
        let probe = RowAddress(table: "healthcheck", key: .first)
        return (try? await read([probe])) != nil
      }
      group.addTask {
        try? await Task.sleep(for: patience)
        return false
      }
      let answer = await group.next() ?? false
      group.cancelAll()
      return answer
    }
  }
}
