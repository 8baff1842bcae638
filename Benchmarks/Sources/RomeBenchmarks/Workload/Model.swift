// SPDX-License-Identifier: Apache-2.0

/// The right answers, found by looking at all rows. It is not measured.
struct Model {
  let data: Dataset

  /// The answer of the executions of a reading operation; nil for one that writes.
  func answer(_ operation: Operation, _ iterations: Range<Int>) -> Answer? {
    var answer = Answer()
    for iteration in iterations {
      guard add(operation, iteration, to: &answer) else { return nil }
    }
    return answer
  }

  private func add(_ operation: Operation, _ iteration: Int, to answer: inout Answer) -> Bool {
    switch operation {
    case .get: add([data.rows[data.key(.get, iteration) - 1]], to: &answer)
    case .getMany: add(data.keys(iteration).map { data.rows[$0 - 1] }, to: &answer)
    case .host, .hostTwoColumns: add(rows(of: data.host(operation, iteration)), to: &answer)
    case .firstPage: add(page(rows(of: data.host(operation, iteration))), to: &answer)
    case .nextPage:
      let marker = data.marker(iteration)
      let later = rows(of: marker.host).filter { ($0.createdAt, $0.id) < (marker.createdAt, marker.id) }
      add(page(later), to: &answer)
    case .join:
      let project = data.project(iteration)
      for row in data.rows where row.projectID == project {
        for metadata in Dataset.metadata(of: row.id) {
          answer.add(id: row.id, memory: row.memoryMB &+ metadata.id)
        }
      }
    case .scan: add(data.rows.filter { $0.vmState == "error" && $0.memoryMB >= 16_384 }, to: &answer)
    case .count: answer.add(value: data.count)
    case .countHost: answer.add(value: rows(of: data.host(operation, iteration)).count)
    case .sum: answer.add(value: data.rows.reduce(0) { $1.deleted == 0 ? $0 + $1.memoryMB : $0 })
    case .insert, .insertMany, .update, .updateHot, .updateRandom: return false
    }
    return true
  }

  private func rows(of host: String) -> [InstanceRow] { data.rows.filter { $0.host == host } }

  private func page(_ rows: [InstanceRow]) -> [InstanceRow] {
    Array(rows.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }.prefix(50))
  }

  private func add(_ rows: [InstanceRow], to answer: inout Answer) {
    for row in rows { answer.add(id: row.id, memory: row.memoryMB) }
  }
}
