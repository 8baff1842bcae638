// SPDX-License-Identifier: Apache-2.0

internal import CHiredis

/// Collects what hiredis' parser finds into a ``Reply``, without an object for each value.
///
/// It belongs to one connection, on the thread of its event loop. It is a value at an address that the parser knows, not an object:
/// each value of a reply would check an object for overlapping access.
struct ReplyBuilder {
  private(set) var reply = Reply()
  /// The most bytes that the replies to one request may take in memory.
  private let limit: Int
  private(set) var exceedsLimit = false

  init(limit: Int) {
    self.limit = limit
  }

  /// The replies that were collected; the builder is empty then.
  mutating func take() -> Reply {
    defer { reply = Reply() }
    return reply
  }

  /// Whether so many bytes more would be too many.
  mutating func exceeds(adding count: Int) -> Bool {
    if reply.bytes.count + reply.nodes.count * MemoryLayout<Reply.Node>.stride + count > limit { exceedsLimit = true }
    return exceedsLimit
  }

  /// Makes room for so many bytes of texts, which are surely coming.
  mutating func reserve(_ byteCount: Int) {
    let needed = reply.bytes.count + byteCount
    if needed > reply.bytes.capacity { reply.bytes.reserveCapacity(max(needed, reply.bytes.count * 2)) }
  }

  fileprivate mutating func add(_ kind: Reply.Kind, _ text: UnsafeRawBufferPointer) -> Int32 {
    guard !exceeds(adding: text.count) else { return 1 }
    reply.nodes.append(Reply.Node(kind: kind, value: reply.bytes.count, count: text.count))
    reply.bytes.append(contentsOf: text)
    return 0
  }

  fileprivate mutating func add(_ kind: Reply.Kind, value: Int = 0, count: Int = 0) -> Int32 {
    guard !exceeds(adding: 0) else { return 1 }
    // Of a page of rows the room is made at once; but a number alone must not take much memory.
    if count > reply.nodes.count { reply.nodes.reserveCapacity(reply.nodes.count + 1 + min(count, 1024)) }
    reply.nodes.append(Reply.Node(kind: kind, value: value, count: count))
    return 0
  }

  /// What the parser of hiredis calls; the target of each call is the address of a builder that its socket keeps alive.
  static var hooks: rome_reader_hooks {
    rome_reader_hooks(
      text: { target, type, bytes, length in
        let kind: Reply.Kind
        switch type {
        case REDIS_REPLY_STRING: kind = .bytes
        case REDIS_REPLY_STATUS: kind = .status
        case REDIS_REPLY_ERROR: kind = .error
        default: return 1
        }
        return ReplyBuilder.at(target)?.pointee.add(kind, UnsafeRawBufferPointer(start: bytes, count: length)) ?? 1
      },
      array: { target, count in ReplyBuilder.at(target)?.pointee.add(.array, count: Int(count)) ?? 1 },
      integer: { target, value in ReplyBuilder.at(target)?.pointee.add(.integer, value: Int(value)) ?? 1 },
      null: { target in ReplyBuilder.at(target)?.pointee.add(.null) ?? 1 })
  }

  private static func at(_ target: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<ReplyBuilder>? {
    // `Socket` gives the parser nothing but the address of an initialized builder.
    target?.assumingMemoryBound(to: ReplyBuilder.self)
  }
}
