// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import NIOHTTP1

/// Serves one connection: collects requests, within the limits of the configuration, and writes what the router answers.
///
/// The pipelining handler of NIO stands in front of it. So there is one request at a time: while it is answered, nothing
/// more is read from the client.
final class ConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private enum State {
    /// No request has begun.
    case idle
    /// A body is on its way.
    case receiving(HTTPRequestHead, RequestID, ByteBuffer)
    /// A request is being answered.
    case answering
    /// The last answer is written; what the client still sends is thrown away until it ends.
    case lingering
  }

  private let router: RequestRouter
  private let configuration: HTTPServerConfiguration
  private var state = State.idle
  private var deadline: Scheduled<Void>?
  /// Whether the client has ended its half of the connection.
  private var isHalfClosed = false

  init(router: RequestRouter, configuration: HTTPServerConfiguration) {
    self.router = router
    self.configuration = configuration
  }

  // MARK: Events

  func channelActive(context: ChannelHandlerContext) {
    close(after: configuration.idleTimeout, context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch (unwrapInboundIn(data), state) {
    case (.head(let head), .idle): begin(head, context)
    case (.body(var part), .receiving(let head, let id, var body)):
      guard body.readableBytes + part.readableBytes <= configuration.maximumBodyBytes else {
        refuse(head, id, Self.tooLarge, context)
        return
      }
      // The buffer must be held once while it grows, or each part would copy it.
      state = .idle
      body.writeBuffer(&part)
      state = .receiving(head, id, body)
    case (.end, .receiving(let head, let id, let body)): finish(head, id, body, context)
    default: break
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard case .inputClosed? = event as? ChannelEvent else {
      context.fireUserInboundEventTriggered(event)
      return
    }
    isHalfClosed = true
    // A request that is whole is still answered: the client may wait for it.
    if case .answering = state { return }
    context.close(promise: nil)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // What is no HTTP was answered by the handler of protocol errors; what remains is a connection that broke.
    router.logger.debug("connection failed", metadata: ["error": "\(type(of: error))"])
    context.close(promise: nil)
  }

  // MARK: Requests

  private static let tooLarge = HTTPRefusal(.contentTooLarge, "The request is too large")

  private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let id = RequestID(sent: head.headers.first(name: "X-Openstack-Request-Id"))
    if let length = head.headers.first(name: "Content-Length").flatMap({ Int($0) }),
      length > configuration.maximumBodyBytes
    {
      refuse(head, id, Self.tooLarge, context)
      return
    }
    state = .receiving(head, id, ByteBuffer())
    if head.version == .http1_1,
      head.headers[canonicalForm: "Expect"].contains(where: { $0.lowercased() == "100-continue" })
    {
      context.writeAndFlush(
        wrapOutboundOut(.head(HTTPResponseHead(version: head.version, status: .continue))), promise: nil)
    }
    let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    setDeadline(configuration.bodyTimeout, context) {
      let (handler, context) = loopBound.value
      handler.refuse(head, id, HTTPRefusal(.requestTimeout, "The request did not come in time"), context)
    }
  }

  private func finish(_ head: HTTPRequestHead, _ id: RequestID, _ body: ByteBuffer, _ context: ChannelHandlerContext) {
    deadline?.cancel()
    state = .answering
    let request = HTTPRequest(id: id, head: head, body: body)
    let router = router
    context.eventLoop.makeFutureWithTask { await router.respond(to: request) }.assumeIsolated().whenSuccess {
      response in
      self.write(response, to: head, id, keepAlive: head.isKeepAlive && !self.isHalfClosed, context)
    }
  }

  /// Answers a request that has not come whole, and gives up the connection: where the next request begins is not known.
  private func refuse(
    _ head: HTTPRequestHead, _ id: RequestID, _ refusal: HTTPRefusal, _ context: ChannelHandlerContext
  ) {
    router.logger.info(
      "refused",
      metadata: ["request": "\(id)", "status": "\(refusal.status.rawValue)", "refusal": "\(refusal.reason)"])
    write(HTTPAnswer(refusal), to: head, id, keepAlive: false, context)
  }

  // MARK: Answers

  private func write(
    _ response: HTTPAnswer, to request: HTTPRequestHead, _ id: RequestID, keepAlive: Bool,
    _ context: ChannelHandlerContext
  ) {
    guard context.channel.isActive else { return }
    state = keepAlive ? .idle : .lingering
    var headers = HTTPHeaders()
    headers.add(name: "Content-Type", value: response.contentType)
    headers.add(name: "Content-Length", value: String(response.body.count))
    headers.add(name: "X-Openstack-Request-Id", value: id.description)
    if !keepAlive {
      headers.add(name: "Connection", value: "close")
    } else if request.version == .http1_0 {
      headers.add(name: "Connection", value: "keep-alive")
    }
    let head = HTTPResponseHead(
      version: request.version, status: HTTPResponseStatus(statusCode: response.status), headers: headers)
    close(after: configuration.responseTimeout, context)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if request.method != .HEAD {
      let body = context.channel.allocator.buffer(bytes: response.body)
      context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    }
    let written = context.eventLoop.makePromise(of: Void.self)
    let outcome = written.futureResult.assumeIsolated()
    outcome.whenComplete { result in
      if case .failure = result {
        context.close(promise: nil)
      } else if keepAlive {
        self.awaitRequest(context)
      } else {
        self.linger(context)
      }
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
  }

  /// The answer is out: the next request may take its time. It may have begun meanwhile, and then has a deadline already.
  private func awaitRequest(_ context: ChannelHandlerContext) {
    if case .idle = state { close(after: configuration.idleTimeout, context) }
  }

  /// Ends the connection behind the last answer. To close it at once would lose the answer where the client is still
  /// sending: the kernel of a host that gets data for a closed connection answers by a reset.
  private func linger(_ context: ChannelHandlerContext) {
    if isHalfClosed {
      context.close(promise: nil)
    } else {
      close(after: configuration.lingerTimeout, context)
      context.close(mode: .output, promise: nil)
    }
  }

  // MARK: Deadlines

  private func close(after timeout: Duration, _ context: ChannelHandlerContext) {
    let channel = context.channel
    setDeadline(timeout, context) { channel.close(promise: nil) }
  }

  private func setDeadline(
    _ timeout: Duration, _ context: ChannelHandlerContext, _ action: @escaping @Sendable () -> Void
  ) {
    deadline?.cancel()
    // A connection that is closed has nothing to wait for.
    guard context.channel.isActive else { return }
    deadline = context.eventLoop.scheduleTask(in: TimeAmount(timeout), action)
  }
}
