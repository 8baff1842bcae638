// SPDX-License-Identifier: Apache-2.0

internal import CHiredis

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A non-blocking connection of hiredis: its socket, its output buffer and its parser.
///
/// It belongs to the thread of one event loop. It must be closed.
final class Socket {
  private let context: UnsafeMutablePointer<redisContext>
  private let state: UnsafeMutablePointer<rome_reader_state>
  /// Collects the replies that the parser finds. The parser has its address, and calls it from within ``parse()`` only; it lives
  /// as long as the socket.
  private let replies: UnsafeMutablePointer<ReplyBuilder>
  /// Whether ``close()`` was called: nothing else may be done then.
  private(set) var isClosed = false

  /// Begins to connect. The socket is connected when it can be written to and ``connectionError()`` is nil.
  ///
  /// Host names are looked up, which blocks the calling thread.
  init(_ address: RedisAddress, maximumReplyBytes: Int) throws(SocketError) {
    let made: UnsafeMutablePointer<redisContext>? =
      switch address {
      case .tcp(let host, let port): redisConnectNonBlock(host, Int32(port))
      case .unix(let path): redisConnectUnixNonBlock(path)
      }
    guard let made else { throw SocketError(kind: .failed, text: "out of memory") }
    guard made.pointee.err == 0 else {
      let text = String(cString: rome_error_text(made))
      redisFree(made)
      throw SocketError(kind: .failed, text: text)
    }
    context = made
    state = .allocate(capacity: 1)
    replies = .allocate(capacity: 1)
    replies.initialize(to: ReplyBuilder(limit: maximumReplyBytes))
    rome_reader_prepare(made, state, ReplyBuilder.hooks, replies)
    // A program that this process starts must not keep the connection open.
    _ = fcntl(made.pointee.fd, F_SETFD, FD_CLOEXEC)
  }

  deinit {
    close()
    replies.deinitialize(count: 1)
    replies.deallocate()
  }

  /// Closes the socket and frees what belongs to it.
  func close() {
    guard !isClosed else { return }
    isClosed = true
    // A process that is just being started may still hold the socket: the server must hear of the end all the same.
    _ = shutdown(descriptor, Int32(SHUT_RDWR))
    redisFree(context)
    state.deallocate()
  }

  /// The number of the socket, for `poll`.
  var descriptor: Int32 { context.pointee.fd }

  /// How many bytes wait to be written.
  var unwrittenBytes: Int { rome_unwritten_bytes(context) }

  /// Why the connection could not be made; nil when it was made.
  func connectionError() -> SocketError? {
    var code: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length) == 0 else { return .system(errno) }
    return code == 0 ? nil : .system(code)
  }

  /// Makes the system notice a peer that is gone without a word.
  func enableKeepAlive() {
    if context.pointee.connection_type == REDIS_CONN_TCP { _ = redisEnableKeepAlive(context) }
  }

  /// Appends bytes to the output buffer, which copies them.
  func append(_ bytes: ArraySlice<UInt8>) throws(SocketError) {
    if bytes.isEmpty { return }
    let result = bytes.withUnsafeBytes { bytes in
      redisAppendFormattedCommand(context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    guard result == REDIS_OK else { throw error() }
  }

  /// Writes as much of the output buffer as the socket takes now.
  func write() throws(SocketError) {
    while unwrittenBytes > 0 {
      let before = unwrittenBytes
      guard redisBufferWrite(context, nil) == REDIS_OK else { throw error() }
      if unwrittenBytes == before { return }
    }
  }

  /// The most bytes that ``read()`` takes at once.
  static let readSize = 16 << 10

  /// Reads what has arrived, up to ``readSize``, and feeds it to the parser.
  ///
  /// - Returns: How many bytes had arrived; nil when there were none.
  func read() throws(SocketError) -> Int? {
    if isClosed { return nil }
    let before = rome_unparsed_bytes(context)
    guard redisBufferRead(context) == REDIS_OK else { throw error() }
    let unparsed = rome_unparsed_bytes(context)
    if replies.pointee.exceeds(adding: unparsed) { throw SocketError(kind: .replyTooLarge, text: "") }
    return unparsed > before ? unparsed - before : nil
  }

  /// Parses what was read.
  ///
  /// - Returns: Whether one more reply is complete.
  func parse() throws(SocketError) -> Bool {
    if isClosed { return false }
    var object: UnsafeMutableRawPointer?
    guard redisGetReplyFromReader(context, &object) == REDIS_OK else { throw error() }
    return object != nil
  }

  /// Makes room for what was read, when it all belongs to the replies to one request.
  func expectOneReply() {
    replies.pointee.reserve(rome_unparsed_bytes(context))
  }

  /// Takes the replies that ``parse()`` has completed.
  func takeReplies() -> Reply { replies.pointee.take() }

  /// What there is of replies that nobody has taken.
  var incompleteReplies: Reply { replies.pointee.reply }

  private func error() -> SocketError {
    if replies.pointee.exceedsLimit { return SocketError(kind: .replyTooLarge, text: "") }
    let text = String(cString: rome_error_text(context))
    let kind: SocketError.Kind = context.pointee.err == REDIS_ERR_PROTOCOL ? .garbage : .failed
    return SocketError(kind: kind, text: text)
  }
}

/// Why a connection broke.
struct SocketError: Error, Sendable {
  /// What kind of break it is.
  enum Kind: Sendable {
    case failed
    case garbage
    case replyTooLarge
  }

  let kind: Kind
  let text: String

  /// An error of the system by its number.
  static func system(_ number: Int32) -> SocketError {
    SocketError(kind: .failed, text: String(cString: strerror(number)))
  }
}
