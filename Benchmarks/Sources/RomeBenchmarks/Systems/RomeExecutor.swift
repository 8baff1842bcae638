// SPDX-License-Identifier: Apache-2.0

import Rome

/// One execution of each operation by Rome.
struct Executor: Sendable {
  let store: any Store
  let data: Dataset

  func execute(_ operation: Operation, _ iteration: Int, _ answer: inout Answer, _ sink: inout Sink) async throws {
    if operation == .update {
      // It makes a session of its own.
      try await update(data.key(operation, iteration), iteration)
      answer.rows += 1
      return
    }
    let session = RomeSession(store)
    switch operation {
    case .get:
      let row = try await session.get(Instance.self, data.key(.get, iteration))
      if let row { take([row], &answer, &sink) }
    case .getMany:
      take(try await session.get(Instance.self, keys: data.keys(iteration)).compactMap(\.self), &answer, &sink)
    case .host:
      let host = data.host(operation, iteration)
      take(try await session.query(Instance.self).filter(Instance.host == host).all(), &answer, &sink)
    case .hostTwoColumns:
      let host = data.host(operation, iteration)
      for row in try await session.query(Instance.self).filter(Instance.host == host).all() {
        answer.add(id: row.id, memory: row.memoryMB)
      }
    case .firstPage:
      let host = data.host(operation, iteration)
      take(try await newest(session, host).limit(50).all(), &answer, &sink)
    case .nextPage:
      let marker = data.marker(iteration)
      let page = newest(session, marker.host).after(values: marker.createdAt, marker.id).limit(50)
      take(try await page.all(), &answer, &sink)
    case .join:
      let project = data.project(iteration)
      let pairs = try await session.query(Instance.self).join(
        InstanceMetadata.self, on: Instance.id == InstanceMetadata.instanceID
      ).filter(Instance.projectID == project).all()
      for (row, metadata) in pairs {
        row.read(into: &sink)
        sink.take(metadata.key)
        sink.take(metadata.value)
        answer.add(id: row.id, memory: row.memoryMB &+ metadata.id)
      }
    case .scan:
      let rows = session.query(Instance.self).filter(Instance.vmState == "error", Instance.memoryMB >= 16_384)
      take(try await rows.all(), &answer, &sink)
    case .count: answer.add(value: try await session.query(Instance.self).count())
    case .countHost:
      let host = data.host(operation, iteration)
      answer.add(value: try await session.query(Instance.self).filter(Instance.host == host).count())
    case .sum:
      answer.add(value: try await session.select(Instance.memoryMB.sum()).filter(Instance.deleted == 0).one() ?? 0)
    case .insert, .insertMany, .update, .updateHot, .updateRandom:
      throw BenchmarkFailure("\(operation) is executed elsewhere")
    }
  }

  /// Inserts rows in one transaction.
  func insert(_ rows: [InstanceRow], into answer: inout Answer) async throws {
    let session = RomeSession(store)
    for row in rows { session.add(Instance(row)) }
    try await session.commit()
    answer.rows += rows.count
  }

  /// Reads a row, changes it, and commits if it is unchanged, until that succeeds.
  func update(_ id: Int, _ iteration: Int) async throws {
    try await RomeSession(store).transaction(retry: RetryPolicy(maximumAttempts: 1000)) { session in
      guard let row = try await session.get(Instance.self, id) else { throw BenchmarkFailure("row \(id) is gone") }
      row.powerState = iteration % 8
      row.version += 1
    }
  }

  private func newest(_ session: RomeSession, _ host: String) -> RomeQuery<Instance> {
    session.query(Instance.self).filter(Instance.host == host)
      .order(by: Instance.createdAt.descending, Instance.id.descending)
  }

  private func take(_ rows: [Instance], _ answer: inout Answer, _ sink: inout Sink) {
    for row in rows {
      row.read(into: &sink)
      answer.add(id: row.id, memory: row.memoryMB)
    }
  }
}
