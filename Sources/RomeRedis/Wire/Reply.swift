// SPDX-License-Identifier: Apache-2.0

internal import Rome

/// The replies to one request, as the server sent them: all bytes in one array, and what they are in another.
///
/// Elements of arrays follow their array, so the replies are read from the first node to the last by a ``ReplyCursor``.
struct Reply: Sendable {
  /// What a node is.
  enum Kind: Sendable {
    case bytes
    case status
    case error
    case integer
    case null
    case array
  }

  /// One value of a reply.
  struct Node: Sendable {
    let kind: Kind
    /// Where the bytes of a text begin; the value of an integer.
    let value: Int
    /// The number of the bytes of a text, or of the elements of an array.
    let count: Int
  }

  var bytes: [UInt8] = []
  var nodes: [Node] = []

  /// The bytes of a text.
  func slice(_ node: Node) -> ArraySlice<UInt8> {
    bytes[node.value..<node.value + node.count]
  }

  /// Whether one of the replies says that the server does not know the script.
  var lacksScript: Bool {
    nodes.contains { $0.kind == .error && slice($0).starts(with: "NOSCRIPT".utf8) }
  }
}

/// Reads the values of a ``Reply`` one after the other.
struct ReplyCursor {
  private let reply: Reply
  private var position = 0

  init(_ reply: Reply) {
    self.reply = reply
  }

  /// The next value; an error of the server is thrown.
  private mutating func next() throws(StoreError) -> Reply.Node {
    guard position < reply.nodes.count else { throw Self.unexpected }
    let node = reply.nodes[position]
    position += 1
    if node.kind == .error { throw ServerError(reply.slice(node)).storeError }
    return node
  }

  /// All bytes of the replies, of which ``bytes()`` gives slices.
  var buffer: [UInt8] { reply.bytes }

  /// What the next value is, without going on.
  var kind: Reply.Kind? {
    position < reply.nodes.count ? reply.nodes[position].kind : nil
  }

  /// The next value, which must be an integer.
  mutating func integer() throws(StoreError) -> Int {
    let node = try next()
    guard node.kind == .integer else { throw Self.unexpected }
    return node.value
  }

  /// The next value, which must be a text.
  mutating func bytes() throws(StoreError) -> ArraySlice<UInt8> {
    let node = try next()
    guard node.kind == .bytes || node.kind == .status else { throw Self.unexpected }
    return reply.slice(node)
  }

  /// The next value, which must be a text or nothing.
  mutating func optionalBytes() throws(StoreError) -> ArraySlice<UInt8>? {
    let node = try next()
    if node.kind == .null { return nil }
    guard node.kind == .bytes || node.kind == .status else { throw Self.unexpected }
    return reply.slice(node)
  }

  /// The number of elements of the next value, which must be an array. Its elements come next.
  mutating func array() throws(StoreError) -> Int {
    let node = try next()
    guard node.kind == .array else { throw Self.unexpected }
    return node.count
  }

  /// The next value when it is an error of the server; else nil, and the value is still to come.
  mutating func error() -> ServerError? {
    guard kind == .error else { return nil }
    defer { position += 1 }
    return ServerError(reply.slice(reply.nodes[position]))
  }

  /// Goes past the next value and everything in it.
  mutating func skip() {
    var open = 1
    while open > 0, position < reply.nodes.count {
      let node = reply.nodes[position]
      position += 1
      open -= 1
      if node.kind == .array { open += node.count }
    }
  }

  private static let unexpected = StoreError(.corrupt, "the server sent a reply of another kind than the command has")
}
