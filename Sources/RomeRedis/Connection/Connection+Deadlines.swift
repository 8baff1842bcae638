// SPDX-License-Identifier: Apache-2.0

internal import Rome

/// The times of a configuration, as the connection needs them.
struct Timeouts: Sendable {
  let connect: Moment.Span
  let request: Moment.Span

  init(_ configuration: RedisConfiguration) {
    connect = Moment.Span(configuration.connectTimeout)
    request = Moment.Span(configuration.requestTimeout)
  }
}

/// When requests, and the connection, have waited long enough.
extension Connection {
  /// Ends the requests whose time is over.
  mutating func expire(_ now: Moment) {
    while let request = queue.first, request.isFinished { _ = queue.popFirst() }
    if waitingDeadlines.isReached(now) { expireWaiting(now) }
    guard case .ready = phase else { return }
    if sentDeadlines.isReached(now) { expireSent(now) }
    if let hanging = hangsAt, hanging <= now { disconnect(noAnswer, failsFirst: true) }
  }

  private mutating func expireWaiting(_ now: Moment) {
    var bound = waitingDeadlines
    bound.reset(now, timeouts.request)
    var expired: [PendingRequest] = []
    queue.removeAll { request in
      if request.isFinished { return true }
      if request.deadline <= now {
        expired.append(request)
        return true
      }
      bound.note(request.deadline)
      return false
    }
    waitingDeadlines = bound
    let error: StoreError
    if case .ready = phase {
      error = StoreError(.timedOut, "the request waited too long for others to be answered")
    } else {
      let reason = lastError.map { ": \($0.message)" } ?? ""
      error = StoreError(
        .unavailable, "no connection to \(configuration.address) within \(configuration.requestTimeout)\(reason)")
    }
    for request in expired.sorted(by: { $0.deadline < $1.deadline }) { request.finish(.failure(.notDone(error))) }
  }

  private mutating func expireSent(_ now: Moment) {
    var bound = sentDeadlines
    bound.reset(now, timeouts.request)
    var expired: [PendingRequest] = []
    transmissions.forEach { transmission in
      guard case .caller(let request) = transmission.owner, !request.isFinished else { return true }
      if request.deadline <= now { expired.append(request) } else { bound.note(request.deadline) }
      return true
    }
    sentDeadlines = bound
    for request in expired.sorted(by: { $0.deadline < $1.deadline }) {
      // The reply may still come, and is dropped then.
      request.finish(.failure(request.isRepeatable ? .notDone(noAnswer) : .inDoubt(noAnswer)))
    }
  }

  private var noAnswer: StoreError {
    StoreError(.timedOut, "the Redis server did not answer within \(configuration.requestTimeout)")
  }

  /// When the connection is dead, or the server hangs, so that a new connection can't be worse: nothing comes any more, or
  /// so little that a reply is not complete long after its request was given up.
  private var hangsAt: Moment? {
    if transmissions.isEmpty { return nil }
    return min(lastReceived + timeouts.request, lastCompleted + timeouts.request + timeouts.request)
  }

  /// When there is something to do even if nothing comes.
  var wakeTime: Moment? {
    var earliest = closesAt
    func note(_ time: Moment) { earliest = earliest.map { min($0, time) } ?? time }
    if !queue.isEmpty, let deadline = waitingDeadlines.first { note(deadline) }
    switch phase {
    case .waiting(let until): if let until, rejection == nil || !queue.isEmpty { note(until) }
    case .connecting(_, let deadline), .greeting(_, let deadline): note(deadline)
    case .ready:
      guard let hanging = hangsAt else { break }
      note(hanging)
      if let deadline = sentDeadlines.first { note(deadline) }
    }
    return earliest
  }
}
