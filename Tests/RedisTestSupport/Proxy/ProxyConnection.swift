// SPDX-License-Identifier: Apache-2.0

import Foundation

/// One connection through a proxy: two sockets and the requests between them. It belongs to the thread of its loop.
final class ProxyConnection {
  let number: Int
  private let client: SocketStream
  private let server: SocketStream?
  private let loop: SocketLoop
  private unowned let core: ProxyCore

  private var requests = RESPScanner(allowsInline: true)
  private var replies = RESPScanner()
  private var requestNumber = 0
  /// What is to be done with the replies that have not been dealt with, in their order.
  private var expected: [ChaosProxy.Action] = []
  /// Runs when no reply is expected any more.
  private var whenAnswered: (() -> Void)?

  /// How requests, or replies, are treated.
  private enum Mode {
    case framed
    /// Nothing goes on until a delay is over.
    case held
    /// What comes is lost.
    case lost
    /// What comes is passed on as it is.
    case raw
  }
  private var requestMode = Mode.framed
  private var replyMode = Mode.framed
  private var isSubscribed = false
  private var clientEnded = false
  private var serverEnded = false
  private var isOver = false

  init(number: Int, client: SocketStream, server: SocketStream?, loop: SocketLoop, core: ProxyCore) {
    self.number = number
    self.client = client
    self.server = server
    self.loop = loop
    self.core = core
  }

  /// - Parameter ignoring: Whether nothing is ever answered.
  func begin(ignoring: Bool) {
    if ignoring { requestMode = .lost }
    client.onBytes = { [self] in
      let count = $0.count
      core.count { $0.bytesFromClients += count }
      receiveRequests($0)
    }
    client.onEnd = { [self] in
      clientEnded = true
      settle()
    }
    guard let server else {
      if !ignoring { cut(.close) }
      return
    }
    client.mayRead = { server.backlog < SocketStream.fullBacklog }
    server.mayRead = { [client] in client.backlog < SocketStream.fullBacklog }
    server.onBytes = { [self] in
      let count = $0.count
      core.count { $0.bytesFromServer += count }
      receiveReplies($0)
    }
    server.onEnd = { [self] in
      serverEnded = true
      settle()
    }
  }

  /// Ends both sides, when what they have been given is sent.
  func cut(_ ending: Ending) {
    guard !isOver else { return }
    isOver = true
    requestMode = .lost
    replyMode = .lost
    whenAnswered = nil
    core.forget(self)
    // The client's side last: when it sees the end, all is counted and the server has been sent all that it will get.
    for stream in [server, client] {
      guard let stream else { continue }
      stream.onBytes = { _ in }
      stream.onEnd = {}
      stream.mayRead = { true }
      stream.finish(ending)
    }
  }

  /// Ends one side when the other one has ended and nothing is held that must still go there.
  private func settle() {
    guard !isOver else { return }
    if serverEnded && replyMode == .held { return }
    if serverEnded || server == nil { return cut(.close) }
    if clientEnded && requestMode != .held { server?.finishSending() }
    if clientEnded && client.isClosed && requestMode != .held && replyMode != .held { cut(.close) }
  }

  // MARK: Requests

  private func receiveRequests(_ bytes: ArraySlice<UInt8>) {
    switch requestMode {
    case .framed, .held, .lost:
      requests.append(bytes)
      processRequests()
    case .raw: sendToServer(bytes)
    }
  }

  private func processRequests() {
    while !isOver && (requestMode == .framed || requestMode == .lost) {
      var frame: [UInt8] = []
      do throws(RedisTestError) {
        guard let next = try requests.next() else { break }
        frame = next
        let arguments = try Request.decode(frame)
        // An empty line is no request, and a server does not answer it.
        if arguments.isEmpty { continue }
        requestNumber += 1
        let decision = core.decide(connection: number, number: requestNumber, arguments: arguments)
        // Lost requests are counted all the same.
        if requestMode == .framed { act(decision.action, on: frame, command: decision.command) }
      } catch {
        if requestMode == .lost { break }
        requestMode = .raw
        sendToServer(frame + requests.rest)
      }
    }
    if clientEnded { settle() }
  }

  private func act(_ action: ChaosProxy.Action, on frame: [UInt8], command: String) {
    switch action {
    case .pass, .delayReply, .stallReply, .replaceReply, .halfClose:
      forward(frame, command, expecting: action)
    case .cutAfter, .cutReply:
      forward(frame, command, expecting: action)
      requestMode = .lost
    case .cutBefore(let ending):
      afterEarlierReplies { [self] in cut(ending) }
    case .cutRequest(let count, let ending):
      afterEarlierReplies { [self] in
        sendToServer(frame.prefix(count))
        cut(ending)
      }
    case .cutAtOnce(let ending):
      afterEarlierReplies { [self] in
        core.count { $0.forwarded[command, default: 0] += 1 }
        sendToServer(frame)
        // Closed and not reset: a reset could make the server's system drop the request before the server reads it.
        server?.finish(.close)
        cut(ending)
      }
    case .delayRequest(let time):
      requestMode = .held
      loop.after(time) { [self] in
        guard !isOver else { return }
        requestMode = .framed
        forward(frame, command, expecting: .pass)
        processRequests()
      }
    case .stallRequest:
      requestMode = .lost
    }
  }

  private func afterEarlierReplies(_ action: @escaping () -> Void) {
    requestMode = .lost
    if expected.isEmpty { action() } else { whenAnswered = action }
  }

  private func forward(_ frame: [UInt8], _ command: String, expecting action: ChaosProxy.Action) {
    if ["SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "MONITOR"].contains(command) { isSubscribed = true }
    if !isSubscribed { expected.append(action) }
    core.count { $0.forwarded[command, default: 0] += 1 }
    sendToServer(frame)
  }

  private func sendToServer(_ bytes: some Collection<UInt8>) {
    core.count { $0.bytesToServer += bytes.count }
    server?.send(bytes)
  }

  // MARK: Replies

  private func receiveReplies(_ bytes: ArraySlice<UInt8>) {
    if replyMode == .raw { return sendToClient(bytes) }
    replies.append(bytes)
    processReplies()
  }

  private func processReplies() {
    while replyMode == .framed || replyMode == .lost {
      do throws(RedisTestError) {
        guard let frame = try replies.next() else { break }
        deal(with: frame)
      } catch {
        if replyMode == .lost { break }
        replyMode = .raw
        sendToClient(replies.rest)
      }
    }
    settle()
  }

  private func deal(with frame: [UInt8]) {
    guard frame.first != UInt8(ascii: ">"), !expected.isEmpty else {
      core.count { $0.pushes += 1 }
      return sendToClient(frame)
    }
    let action = expected.removeFirst()
    core.count { $0.replies += 1 }
    switch action {
    case .delayReply(let time) where replyMode == .framed:
      replyMode = .held
      loop.after(time) { [self] in
        guard !isOver else { return }
        replyMode = .framed
        pass(frame)
        answered()
        processReplies()
      }
      return
    case .stallReply: replyMode = .lost
    case .replaceReply(let bytes): sendToClient(bytes)
    case .halfClose:
      pass(frame)
      replyMode = .lost
      client.finishSending()
    case .cutAfter(let ending): cut(ending)
    case .cutReply(let count, let ending):
      sendToClient(frame.prefix(count))
      cut(ending)
    default: pass(frame)
    }
    answered()
  }

  private func answered() {
    guard expected.isEmpty, let action = whenAnswered else { return }
    whenAnswered = nil
    action()
  }

  private func pass(_ frame: [UInt8]) {
    guard replyMode != .lost else { return }
    // Counted first, so that a client that has its reply finds it counted.
    core.count {
      $0.passedReplies += 1
      $0.bytesToClients += frame.count
    }
    client.send(frame)
  }

  private func sendToClient(_ bytes: some Collection<UInt8>) {
    guard replyMode != .lost else { return }
    core.count { $0.bytesToClients += bytes.count }
    client.send(bytes)
  }
}
