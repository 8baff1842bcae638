// SPDX-License-Identifier: Apache-2.0

import RedisTestSupport
import Rome
import RomeRedis
import Testing

@Suite(.timeLimit(.minutes(2))) struct TaskExecutorTests {
  @Test func `tasks on the thread of the connection reach the server`() async throws {
    let store = try await RedisStore.connect(to: .shared())
    for round in 1...20 {
      let text = try await withTaskExecutorPreference(store.taskExecutor) {
        _ = try await store.commit(.put(.number(0), "\(round)"))
        return try await store.text(.number(0))
      }
      #expect(text == "\(round)")
    }
    try await withThrowingTaskGroup { group in
      for task in 0..<64 {
        group.addTask(executorPreference: store.taskExecutor) {
          for _ in 0..<10 { try await store.increment(.number(1 + task % 8)) }
        }
        group.addTask {
          for _ in 0..<10 { try await store.increment(.number(1 + task % 8)) }
        }
      }
      try await group.waitForAll()
    }
    let sum = try await store.texts((1...8).map { .number($0) }).reduce(0) { $0 + (Int($1 ?? "") ?? 0) }
    #expect(sum == 64 * 20)
    try await store.eraseNamespace()
    await store.close()
  }

  @Test func `tasks outlive the store that they run on`() async throws {
    let store = try await RedisStore.connect(to: .shared())
    let steps = try await withTaskExecutorPreference(store.taskExecutor) {
      var steps = 0
      _ = try await store.text(.number(1))
      await store.close()
      for _ in 0..<10 {
        await Task.yield()
        steps += 1
      }
      #expect(await storeError { try await store.text(.number(1)) }?.code == .closed)
      return steps
    }
    #expect(steps == 10)
    // And those that begin later run elsewhere.
    #expect(await withTaskExecutorPreference(store.taskExecutor) { await Task { 7 }.value } == 7)
  }

  @Test func `tasks outlive a store that is dropped`() async throws {
    let log = EventLog()
    let executor = try await RedisStore.connect(to: .shared { $0.onEvent = log.record }).taskExecutor
    try await eventually("its thread ends") { log.closes == 1 }
    let sum = await withTaskExecutorPreference(executor) {
      await withTaskGroup(of: Int.self) { group in
        for number in 1...100 { group.addTask { number } }
        return await group.reduce(0, +)
      }
    }
    #expect(sum == 5050)
  }

  @Test func `an answer that came while a task kept the thread is in time`() async throws {
    let rig = try await ProxiedStore { $0.requestTimeout = .milliseconds(400) }
    _ = try await rig.direct.commit(.put(.number(1), "1"))
    rig.proxy.resetCounts()
    let read = Task { try await rig.store.text(.number(1)) }
    try await rig.proxy.waitForCounts { $0.passedReplies == 1 }
    _ = try await read.value
    // The request is sent before the thread is taken, and nobody looks at the socket until long after its deadline.
    rig.next("HMGET", .delayReply(.milliseconds(50)))
    let late = Task { try await rig.store.text(.number(1)) }
    try await rig.proxy.waitForCounts { $0.forwarded["HMGET"] == 2 }
    await Task(executorPreference: rig.store.taskExecutor) {
      let end = ContinuousClock.now + .milliseconds(600)
      while ContinuousClock.now < end || rig.proxy.counts.passedReplies < 2 {}
    }.value
    #expect(try await late.value == "1")
    #expect(rig.log.disconnections == 0)
    await rig.close()
  }
}
