// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A port that can be listened on, and not, and again. It belongs to the thread of its loop.
final class Listener: SocketLoop.Watched {
  private(set) var descriptor: Int32 = -1
  var events: Int16 { Int16(POLLIN) }

  private let loop: SocketLoop
  private let reservation: PortReservation
  private let accepted: (Int32) -> Void

  /// - Parameter accepted: Gets the descriptor of each connection.
  init(_ loop: SocketLoop, _ reservation: PortReservation, accepted: @escaping (Int32) -> Void) {
    self.loop = loop
    self.reservation = reservation
    self.accepted = accepted
  }

  deinit { if descriptor >= 0 { Foundation.close(descriptor) } }

  func open() throws(RedisTestError) {
    guard descriptor < 0 else { return }
    descriptor = try reservation.listen()
    loop.watch(self)
  }

  /// Takes the connections that have been made, and refuses those that are made from now on.
  func close() {
    guard descriptor >= 0 else { return }
    handle(events)
    loop.forget(self)
    // A process that another thread is just starting has a copy of the socket until it becomes its program, and closing
    // ours would let that one listen on.
    shutdown(descriptor, Int32(SHUT_RDWR))
    Foundation.close(descriptor)
    descriptor = -1
  }

  func handle(_ events: Int16) {
    while let connection = Libc.accept(descriptor) { accepted(connection) }
  }
}
