// SPDX-License-Identifier: Apache-2.0

internal import Rome

/// The connection of a store, on the thread of its event loop: it connects, sends, receives, and connects again.
///
/// It is one value that the thread owns, not an object, so that what it looks at for each request costs no counting of references
/// and no checks for overlapping access.
struct Connection: ~Copyable {
  enum Phase {
    /// There is no connection; nil: none was asked for yet.
    case waiting(until: Moment?)
    case connecting(Socket, deadline: Moment)
    case greeting(Socket, deadline: Moment)
    case ready(Socket)
  }

  /// Whose commands are under way.
  enum Owner {
    case caller(PendingRequest)
    case greeting
    case scripts
  }

  /// Commands that were handed to the socket, in their order.
  struct Transmission {
    let owner: Owner
    let replyCount: Int
    let byteCount: Int
    /// How many bytes the connection has sent when these commands are sent whole.
    let end: Int
  }

  let configuration: RedisConfiguration
  let loop: EventLoop
  let shared: SharedState
  let timeouts: Timeouts
  /// The time when the thread last woke up or, later, when it had run the jobs that had come.
  private var now = Moment.now
  var phase = Phase.waiting(until: nil)
  /// Requests that wait to be sent.
  var queue = FIFO<PendingRequest>()
  var transmissions = FIFO<Transmission>()
  /// A moment before which none of the requests ends that wait to be sent.
  var waitingDeadlines = DeadlineBound()
  /// A moment before which none of the requests ends that are under way.
  var sentDeadlines = DeadlineBound()
  private var bytesInFlight = 0
  /// Bytes that wait to be copied to the buffer of the socket.
  private var outgoing = FIFO<[UInt8]>()
  private var outgoingOffset = 0
  private var bytesAccepted = 0
  private var bytesBuffered = 0
  private var repliesOfFirst = 0
  /// How many of the transmissions load the scripts.
  private var loadsInFlight = 0
  /// When bytes came last, or the first request was sent after a pause.
  var lastReceived = Moment.now
  /// When all replies to a request had come last, or the first request was sent after a pause.
  var lastCompleted = Moment.now
  private var attempts = 0
  /// Why the server can't be used, as long as it is not asked again.
  var rejection: StoreError?
  var lastError: StoreError?
  var closesAt: Moment?

  init(_ configuration: RedisConfiguration, _ loop: EventLoop, _ shared: SharedState) {
    self.configuration = configuration
    self.loop = loop
    self.shared = shared
    timeouts = Timeouts(configuration)
  }

  /// Serves the store until it is closed.
  mutating func run() {
    loop.ignoreBrokenPipes()
    var input = EventLoop.Input()
    while true {
      // Behind the look at the socket: an answer that has come while the thread did something else is in time.
      expire(now)
      // Jobs mostly end in requests, which go to the server with those that came before. Who never stops must not keep the
      // socket waiting.
      var rounds = 0
      while rounds < 4, loop.take(&input) {
        for job in input.jobs { loop.run(job) }
        for request in input.requests { accept(request) }
        if let time = input.closesAt { closesAt = min(closesAt ?? time, time) }
        input.clear()
        rounds += 1
      }
      // Jobs may have taken long.
      now = .now
      if isDone { return end() }
      advance()
      if case .ready(let socket) = phase { pump(socket) }
      // What has just failed may have been the last.
      if isDone { return end() }
      let (isReadable, isWritable) = loop.sleep(socket: interest, now, until: wakeTime)
      now = .now
      if isReadable || isWritable { serve(isReadable: isReadable, isWritable: isWritable) }
    }
  }

  /// Whether the store is closed and nothing is left to wait for.
  private var isDone: Bool {
    guard let closesAt else { return false }
    // Greetings and what was cancelled are nobody's.
    return now >= closesAt || queue.isEmpty && !hasCaller
  }

  // MARK: Requests

  private mutating func accept(_ request: PendingRequest) {
    // Its task was cancelled before: it must keep nobody waiting, least of all the end of the store.
    if request.isFinished { return }
    if let rejection, case .waiting(let until) = phase, let until, now < until {
      return request.finish(.failure(.notDone(rejection)))
    }
    // Those whose tasks were cancelled wait no more.
    if queue.count >= configuration.maximumWaitingRequests { queue.removeAll { $0.isFinished } }
    guard queue.count < configuration.maximumWaitingRequests else {
      let error = StoreError(.limitExceeded, "\(queue.count) requests wait for the Redis server already")
      return request.finish(.failure(.notDone(error)))
    }
    waitingDeadlines.note(request.deadline)
    queue.append(request)
  }

  /// Whether somebody waits for a reply.
  private var hasCaller: Bool {
    var result = false
    transmissions.forEach { transmission in
      if case .caller(let request) = transmission.owner, !request.isFinished { result = true }
      return !result
    }
    return result
  }

  /// The socket that is waited for.
  private var interest: (descriptor: Int32, wantsWriting: Bool)? {
    switch phase {
    case .waiting: nil
    case .connecting(let socket, _): (socket.descriptor, true)
    case .greeting(let socket, _), .ready(let socket):
      (socket.descriptor, socket.unwrittenBytes > 0 || !outgoing.isEmpty)
    }
  }

  // MARK: Connecting

  /// Goes on with connecting when it is time.
  private mutating func advance() {
    switch phase {
    case .waiting(let until):
      if let until, now < until { return }
      // A server that has refused us is only asked again when somebody needs it.
      if until == nil || rejection != nil, queue.isEmpty { return }
      rejection = nil
      do throws(SocketError) {
        let socket = try Socket(configuration.address, maximumReplyBytes: configuration.maximumReplyBytes)
        phase = .connecting(socket, deadline: .now + timeouts.connect)
      } catch {
        connectFailed(StoreError(.unavailable, "can't connect to \(configuration.address): \(error.text)"))
      }
    case .connecting(let socket, let deadline), .greeting(let socket, let deadline):
      guard now >= deadline else { return }
      socket.close()
      connectFailed(
        StoreError(.unavailable, "no answer from \(configuration.address) within \(configuration.connectTimeout)"))
    case .ready:
      break
    }
  }

  /// Waits for the next attempt.
  ///
  /// - Parameter isFinal: Whether it makes no sense to try again by itself.
  private mutating func connectFailed(_ error: StoreError, isFinal: Bool = false) {
    resetTransmissions()
    attempts += 1
    lastError = error
    let delay = reconnectDelay
    phase = .waiting(until: .now + Moment.Span(delay))
    shared.report(.connectFailed(error, attempt: attempts, nextAfter: delay))
    if isFinal || shared.failsFast {
      rejection = isFinal ? error : nil
      for request in queue.removeAll() { request.finish(.failure(.notDone(error))) }
    }
  }

  /// The wait before the next attempt: doubled each time, and a random half of it left out.
  private var reconnectDelay: Duration {
    let range = configuration.reconnectDelay
    let longest = min(range.lowerBound * (1 << min(attempts, 16)), range.upperBound)
    return longest * Double.random(in: 0.5...1)
  }

  private mutating func serve(isReadable: Bool, isWritable: Bool) {
    switch phase {
    case .waiting:
      break
    case .connecting(let socket, let deadline):
      if let error = socket.connectionError() {
        socket.close()
        return connectFailed(
          StoreError(.unavailable, "can't connect to \(configuration.address): \(error.text)"))
      }
      socket.enableKeepAlive()
      phase = .greeting(socket, deadline: deadline)
      lastReceived = now
      let greeting = Greeting.request(configuration)
      send(greeting.bytes, owner: .greeting, replyCount: greeting.commandCount)
      flush(socket)
    case .greeting(let socket, _), .ready(let socket):
      if isReadable { receive(socket) }
      // What was received may have ended the connection.
      if isWritable, !socket.isClosed { flush(socket) }
    }
  }

  private mutating func greeted(_ reply: Reply, _ socket: Socket) {
    do throws(GreetingFailure) {
      let greeting = try Greeting.evaluate(reply, configuration)
      phase = .ready(socket)
      lastError = nil
      shared.connected(greeting)
    } catch {
      socket.close()
      connectFailed(error.error, isFinal: error.isFinal)
    }
  }

  // MARK: Sending

  /// Gives the connection up, because of what its socket has met.
  private mutating func giveUp(_ error: SocketError) {
    switch error.kind {
    case .failed:
      disconnect(StoreError(.unavailable, "the connection to \(configuration.address) broke: \(error.text)"))
    case .garbage:
      disconnect(
        StoreError(.corrupt, "\(configuration.address) does not speak the protocol of Redis: \(error.text)"),
        failsFirst: true)
    case .replyTooLarge:
      disconnect(
        StoreError(.limitExceeded, "a reply is larger than \(configuration.maximumReplyBytes) bytes"),
        failsFirst: true)
    }
  }

  /// Sends what waits, as much as may be under way.
  private mutating func pump(_ socket: Socket) {
    while let request = queue.first, transmissions.count < configuration.maximumRequestsInFlight,
      transmissions.isEmpty || bytesInFlight + request.bytes.count <= configuration.maximumBytesInFlight
    {
      _ = queue.popFirst()
      guard request.beginSending() else { continue }
      if request.commandCount == 0 {
        request.finish(.success(Reply()))
      } else {
        sentDeadlines.note(request.deadline)
        send(request.bytes, owner: .caller(request), replyCount: request.commandCount)
      }
    }
    flush(socket)
  }

  private mutating func send(_ bytes: [UInt8], owner: Owner, replyCount: Int) {
    if transmissions.isEmpty {
      lastReceived = now
      lastCompleted = now
    }
    bytesAccepted += bytes.count
    bytesInFlight += bytes.count
    outgoing.append(bytes)
    transmissions.append(
      Transmission(owner: owner, replyCount: replyCount, byteCount: bytes.count, end: bytesAccepted))
  }

  /// Writes as much as the socket takes.
  private mutating func flush(_ socket: Socket) {
    do throws(SocketError) {
      try write(to: socket)
    } catch {
      giveUp(error)
    }
  }

  /// hiredis moves its whole buffer at each partial write, so it gets little at a time.
  private mutating func write(to socket: Socket) throws(SocketError) {
    let portion = 256 << 10
    repeat {
      while socket.unwrittenBytes < portion, let bytes = outgoing.first {
        let end = min(bytes.count, outgoingOffset + portion)
        try socket.append(bytes[outgoingOffset..<end])
        bytesBuffered += end - outgoingOffset
        outgoingOffset = end
        if end == bytes.count {
          _ = outgoing.popFirst()
          outgoingOffset = 0
        }
      }
      try socket.write()
    } while socket.unwrittenBytes == 0 && !outgoing.isEmpty
  }

  // MARK: Receiving

  private mutating func receive(_ socket: Socket) {
    do throws(SocketError) {
      try read(from: socket)
    } catch {
      giveUp(error)
    }
  }

  private mutating func read(from socket: Socket) throws(SocketError) {
    // What comes faster than it can be handled must not keep the rest of the loop from its turn.
    for _ in 0..<64 {
      guard let count = try socket.read() else { break }
      lastReceived = now
      if transmissions.count == 1 { socket.expectOneReply() }
      while try socket.parse() { try replyArrived(socket) }
      if count < Socket.readSize { break }
      switch phase {
      case .greeting, .ready: continue
      default: return
      }
    }
  }

  private mutating func replyArrived(_ socket: Socket) throws(SocketError) {
    repliesOfFirst += 1
    guard let first = transmissions.first else {
      throw SocketError(kind: .garbage, text: "a reply that nobody asked for")
    }
    guard repliesOfFirst == first.replyCount else { return }
    _ = transmissions.popFirst()
    repliesOfFirst = 0
    lastCompleted = now
    bytesInFlight -= first.byteCount
    let reply = socket.takeReplies()
    switch first.owner {
    case .greeting: greeted(reply, socket)
    case .scripts:
      loadsInFlight -= 1
      shared.report(.scriptsReloaded)
    case .caller(let request): answer(request, reply)
    }
  }

  private mutating func answer(_ request: PendingRequest, _ reply: Reply) {
    attempts = 0
    if reply.lacksScript, !request.isFinished, request.countReload() <= 3 {
      // The server was restarted or its scripts were flushed: nothing of the script was run.
      // One load serves all requests that are sent behind it.
      if loadsInFlight == 0 {
        let load = Greeting.loadScripts()
        send(load.bytes, owner: .scripts, replyCount: load.commandCount)
        loadsInFlight += 1
      }
      if request.returnToQueue() { sendAgain([request]) }
      return
    }
    shared.report(answered: request, reply)
    request.finish(.success(reply))
  }

  // MARK: Losing the connection

  /// Gives the connection up. What was not sent whole was not done, and is sent again over the next one, as is what can be
  /// done twice. The rest is in doubt.
  ///
  /// - Parameter failsFirst: Whether the first request is what broke the connection, and must not break the next one.
  mutating func disconnect(_ error: StoreError, failsFirst: Bool = false) {
    let sent: Int
    let wasReady: Bool
    switch phase {
    case .waiting: return
    case .connecting(let socket, _), .greeting(let socket, _):
      socket.close()
      // A server with too many clients says so, and hangs up.
      if error.code == .unavailable, let reason = Greeting.farewell(in: socket.incompleteReplies) {
        return connectFailed(reason)
      }
      return connectFailed(error, isFinal: error.code != .unavailable)
    case .ready(let socket):
      sent = bytesBuffered - socket.unwrittenBytes
      wasReady = true
      socket.close()
    }
    let lost = transmissions.removeAll()
    resetTransmissions()
    var again: [PendingRequest] = []
    for (position, transmission) in lost.enumerated() {
      guard case .caller(let request) = transmission.owner, !request.isFinished else { continue }
      if position == 0, failsFirst {
        request.finish(.failure(request.isRepeatable ? .notDone(error) : .inDoubt(error)))
      } else if request.isRepeatable || sent < transmission.end {
        if request.returnToQueue() { again.append(request) }
      } else {
        request.finish(.failure(.inDoubt(error)))
      }
    }
    sendAgain(again)
    lastError = error
    phase = .waiting(until: .now + Moment.Span(reconnectDelay))
    attempts += 1
    if wasReady { shared.report(.disconnected(error, requestsInFlight: lost.count)) }
  }

  /// Puts requests that were sent in front of all others.
  private mutating func sendAgain(_ requests: [PendingRequest]) {
    for request in requests { waitingDeadlines.note(request.deadline) }
    queue.prepend(requests)
  }

  private mutating func resetTransmissions() {
    _ = transmissions.removeAll()
    sentDeadlines = DeadlineBound()
    _ = outgoing.removeAll()
    outgoingOffset = 0
    bytesInFlight = 0
    bytesAccepted = 0
    bytesBuffered = 0
    repliesOfFirst = 0
    loadsInFlight = 0
  }

  private mutating func end() {
    var sent = 0
    switch phase {
    case .waiting: break
    case .connecting(let socket, _), .greeting(let socket, _): socket.close()
    case .ready(let socket):
      sent = bytesBuffered - socket.unwrittenBytes
      socket.close()
    }
    phase = .waiting(until: nil)
    for transmission in transmissions.removeAll() {
      guard case .caller(let request) = transmission.owner else { continue }
      let isInDoubt = !request.isRepeatable && sent >= transmission.end
      request.finish(.failure(isInDoubt ? .inDoubt(.closed) : .notDone(.closed)))
    }
    for request in queue.removeAll() { request.finish(.failure(.notDone(.closed))) }
    shared.report(.closed)
    for request in loop.end() { request.finish(.failure(.notDone(.closed))) }
  }
}
