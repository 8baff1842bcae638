// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A free port of the loopback that stays ours while nothing listens on it.
///
/// The socket is bound, has SO_REUSEADDR and never listens: another socket with that option may listen on the port (our
/// listener, or a server that we start), connections are refused while none does, and the kernel gives the port to
/// nobody who asks for any.
final class PortReservation: Sendable {
  let port: Int
  private let descriptor: Int32

  init() throws(RedisTestError) {
    let descriptor = try Libc.socket()
    do throws(RedisTestError) {
      // The option comes afterwards: with it, any port could be one that another reservation has.
      port = try Libc.bindLoopback(descriptor, port: 0)
      Libc.setOption(descriptor, SO_REUSEADDR, 1)
    } catch {
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// A non-blocking socket that listens on the port.
  func listen() throws(RedisTestError) -> Int32 {
    let listener = try Libc.socket()
    do throws(RedisTestError) {
      Libc.setOption(listener, SO_REUSEADDR, 1)
      _ = try Libc.bindLoopback(listener, port: port)
      guard Foundation.listen(listener, 511) == 0 else { throw Libc.failure("listen") }
    } catch {
      close(listener)
      throw error
    }
    Libc.makeNonBlocking(listener)
    return listener
  }
}
