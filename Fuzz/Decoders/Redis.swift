// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

@testable import RomeRedis

/// A socket of the process with itself: hiredis reads from a descriptor. The fuzzer has one thread.
private final class Wire {
  private let listener: Int32
  private let path = FileManager.default.temporaryDirectory.appending(path: "rome-fuzz-\(getpid()).sock").path

  init?() {
    unlink(path)
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let descriptor = listener
    let isOpen = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0 && listen(descriptor, 4) == 0
      }
    }
    if !isOpen { return nil }
  }

  /// Sends the bytes, and reads the replies that they are until the end or the first error.
  func replies(of bytes: [UInt8]) -> [Reply] {
    guard let socket = try? Socket(.unix(path: path), maximumReplyBytes: 1 << 16) else { return [] }
    defer { socket.close() }
    let peer = accept(listener, nil, nil)
    _ = bytes.withUnsafeBytes { write(peer, $0.baseAddress, $0.count) }
    close(peer)
    var replies: [Reply] = []
    do throws(SocketError) {
      // The end of the connection is an error too.
      while true {
        _ = try socket.read()
        while try socket.parse() { replies.append(socket.replies.take()) }
      }
    } catch {
      require(!error.text.isEmpty || error.kind == .replyTooLarge, "an error without words")
    }
    return replies
  }
}

/// `nonisolated(unsafe)`: libFuzzer calls from one thread.
nonisolated(unsafe) private let wire = Wire()

/// Replies of a server, read in the order of the input's last bytes.
func fuzzReply(_ input: [UInt8]) {
  guard let wire else { preconditionFailure("no socket") }
  for reply in wire.replies(of: input) {
    var cursor = ReplyCursor(reply)
    var position = input.count
    for _ in 0..<(reply.nodes.count + 2) {
      position = position == 0 ? input.count : position
      position -= 1
      switch input[max(0, position)] % 6 {
      case 0: _ = try? cursor.bytes()
      case 1: _ = try? cursor.optionalBytes()
      case 2: _ = try? cursor.integer()
      case 3: _ = try? cursor.array()
      case 4: _ = cursor.error()?.storeError
      default: cursor.skip()
      }
    }
    _ = reply.lacksScript
  }
}

/// A member of the sorted set of an index.
func fuzzMember(_ input: [UInt8]) {
  let space = KeySpace.index("i", of: "t")
  guard let entry = try? EntryMember.decode(input[...], in: space) else { return }
  require((0...entry.key.bytes.count).contains(entry.columnsLength), "columns behind the end")
  _ = entry.rowKey
  let again = try? EntryMember.decode(EntryMember.encode(entry)[...], in: space)
  require(again == entry, "an entry that reads differently again")
}

/// A URL of a server.
func fuzzURL(_ input: [UInt8]) {
  let text = String(decoding: input, as: UTF8.self)
  do throws(StoreError) {
    let configuration = try RedisConfiguration(url: text)
    if let password = configuration.password, password.utf8.count > 12 {
      require(
        !configuration.description.contains(password) || text.components(separatedBy: password).count > 2,
        "a secret is shown")
    }
  } catch {
    require(error.code == .refused, "an error of another kind")
  }
}
