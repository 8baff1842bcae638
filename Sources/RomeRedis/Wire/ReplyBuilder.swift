// SPDX-License-Identifier: Apache-2.0

internal import CHiredis

/// Collects what hiredis' parser finds into a ``Reply``, without an object for each value.
///
/// It belongs to one connection, on the thread of its event loop.
final class ReplyBuilder {
  private(set) var reply = Reply()
  /// The most bytes that the replies to one request may take in memory.
  private let limit: Int
  private(set) var exceedsLimit = false

  init(limit: Int) {
    self.limit = limit
  }

  /// The replies that were collected; the builder is empty then.
  func take() -> Reply {
    defer { reply = Reply() }
    return reply
  }

  /// Drops what was collected, also of an incomplete reply.
  func reset() {
    reply = Reply()
    exceedsLimit = false
  }

  /// Whether so many bytes more would be too many.
  func exceeds(adding count: Int) -> Bool {
    if reply.bytes.count + reply.nodes.count * MemoryLayout<Reply.Node>.stride + count > limit { exceedsLimit = true }
    return exceedsLimit
  }

  fileprivate func add(_ kind: Reply.Kind, _ text: UnsafeRawBufferPointer) -> Int32 {
    guard !exceeds(adding: text.count) else { return 1 }
    reply.nodes.append(Reply.Node(kind: kind, value: reply.bytes.count, count: text.count))
    reply.bytes.append(contentsOf: text)
    return 0
  }

  fileprivate func add(_ kind: Reply.Kind, value: Int = 0, count: Int = 0) -> Int32 {
    guard !exceeds(adding: 0) else { return 1 }
    reply.nodes.append(Reply.Node(kind: kind, value: value, count: count))
    return 0
  }

  /// What the parser of hiredis calls; the target of each call is a builder that its connection keeps alive.
  static var hooks: rome_reader_hooks {
    rome_reader_hooks(
      text: { target, type, bytes, length in
        guard let builder = ReplyBuilder.at(target) else { return 1 }
        let kind: Reply.Kind
        switch type {
        case REDIS_REPLY_STRING: kind = .bytes
        case REDIS_REPLY_STATUS: kind = .status
        case REDIS_REPLY_ERROR: kind = .error
        default: return 1
        }
        return builder.add(kind, UnsafeRawBufferPointer(start: bytes, count: length))
      },
      array: { target, count in ReplyBuilder.at(target)?.add(.array, count: Int(count)) ?? 1 },
      integer: { target, value in ReplyBuilder.at(target)?.add(.integer, value: Int(value)) ?? 1 },
      null: { target in ReplyBuilder.at(target)?.add(.null) ?? 1 })
  }

  private static func at(_ target: UnsafeMutableRawPointer?) -> ReplyBuilder? {
    target.map { Unmanaged<ReplyBuilder>.fromOpaque($0).takeUnretainedValue() }
  }
}
