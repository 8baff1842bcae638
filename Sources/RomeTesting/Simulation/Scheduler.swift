// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import Synchronization

/// Runs the tasks of a simulation on one thread, one step after the other, and lets virtual time pass between the steps. What
/// runs next, a task or the next event in time, is drawn from the seed.
final class Scheduler: TaskExecutor {
  private struct Event {
    var time: Duration
    let number: Int
    let continuation: CheckedContinuation<Void, Never>
  }

  private enum Step {
    case job(UnownedJob)
    case event(Event)
  }

  private struct State {
    var generator: SeededGenerator
    var jobs: [UnownedJob] = []
    var events: [Event] = []
    var eventCount = 0
    var now = Duration.zero
    var calls: [SimulatedCall] = []
    var driver: ObjectIdentifier?
    var hasStrayed = false
    var isOver = false
  }

  private let state: Mutex<State>
  /// Counts the jobs that other threads have brought.
  private let strays = DispatchSemaphore(value: 0)

  private var currentThread: ObjectIdentifier { ObjectIdentifier(Thread.current) }

  init(seed: UInt64) {
    state = Mutex(State(generator: SeededGenerator(seed: seed)))
  }

  /// How long the simulation has lasted.
  var now: Duration { state.withLock { $0.now } }

  /// Whether the simulation has ended.
  var isOver: Bool { state.withLock { $0.isOver } }

  /// What the clients have called.
  var calls: [SimulatedCall] { state.withLock { $0.calls } }

  /// Draws something from the seed.
  func draw<Drawn>(_ body: (inout SeededGenerator) -> sending Drawn) -> sending Drawn {
    let thread = currentThread
    return state.withLock { state in
      if state.driver != thread { state.hasStrayed = true }
      return body(&state.generator)
    }
  }

  /// Notes a call.
  ///
  /// - Returns: Its place in the trace.
  func begin(_ call: (Duration) -> SimulatedCall) -> Int {
    state.withLock { state in
      state.calls.append(call(state.now))
      return state.calls.count - 1
    }
  }

  /// Notes how a call ended.
  func end(_ call: Int, _ answer: String) {
    state.withLock { state in
      state.calls[call].end = state.now
      state.calls[call].answer = answer
    }
  }

  /// Waits in virtual time, whether or not the task is cancelled.
  func sleep(_ duration: Duration) async {
    await sleep(duration, nextEvent())
  }

  /// Waits in virtual time, until the task is cancelled at most.
  func sleepUnlessCancelled(_ duration: Duration) async {
    let number = nextEvent()
    await withTaskCancellationHandler {
      await sleep(Task.isCancelled ? .zero : duration, number)
    } onCancel: {
      state.withLock { state in
        guard let position = state.events.firstIndex(where: { $0.number == number }) else { return }
        state.events[position].time = state.now
      }
    }
  }

  private func nextEvent() -> Int {
    state.withLock { state in
      state.eventCount += 1
      return state.eventCount
    }
  }

  private func sleep(_ duration: Duration, _ number: Int) async {
    let thread = currentThread
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      let (isOver, isStray) = state.withLock { state in
        if state.isOver { return (true, false) }
        let isStray = state.driver != thread
        if isStray { state.hasStrayed = true }
        state.events.append(Event(time: state.now + max(.zero, duration), number: number, continuation: continuation))
        return (false, isStray)
      }
      if isOver { continuation.resume() }
      if isStray { strays.signal() }
    }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let thread = currentThread
    let (isOver, isStray) = state.withLock { state in
      if state.isOver { return (true, false) }
      state.jobs.append(job)
      let isStray = state.driver != thread
      if isStray { state.hasStrayed = true }
      return (false, isStray)
    }
    if isOver { runElsewhere(job) }
    if isStray { strays.signal() }
  }

  /// Runs tasks until it is done, on the thread of the caller, which must be none of Swift's.
  func run(maximumSteps: Int, until isDone: () -> Bool, start: () -> Void) throws(SimulationError.Reason) {
    state.withLock { $0.driver = currentThread }
    defer { end() }
    start()
    var steps = 0
    while !isDone() {
      steps += 1
      if steps > maximumSteps { throw .tooManySteps(maximumSteps) }
      switch nextStep() {
      case .job(let job): job.runSynchronously(on: asUnownedTaskExecutor())
      case .event(let event): event.continuation.resume()
      case nil:
        // Somebody waits for something outside. Let him get it, so that the run ends and the error can be told.
        if strays.wait(timeout: .now() + .seconds(5)) == .timedOut { throw .stuck }
      }
    }
    if state.withLock({ $0.hasStrayed }) { throw .strayed }
  }

  private func nextStep() -> Step? {
    state.withLock { state in
      let next = state.events.indices.min { state.events[$0].time < state.events[$1].time }
      // Time passes while tasks are ready too: a task can be slow at any of its steps, but not for ever.
      let isSoon = next.map { state.events[$0].time <= state.now + .milliseconds(10) } ?? false
      if !state.jobs.isEmpty, !isSoon || !state.generator.chance(0.2) {
        return .job(state.jobs.remove(at: Int.random(in: state.jobs.indices, using: &state.generator)))
      }
      guard let next else { return nil }
      let event = state.events.remove(at: next)
      state.now = max(state.now, event.time)
      return .event(event)
    }
  }

  /// Lets go of tasks that are left.
  private func end() {
    let (jobs, events) = state.withLock { state in
      state.isOver = true
      defer {
        state.jobs = []
        state.events = []
      }
      return (state.jobs, state.events)
    }
    for job in jobs { runElsewhere(job) }
    for event in events { event.continuation.resume() }
  }

  private func runElsewhere(_ job: UnownedJob) {
    DispatchQueue.global().async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
