// SPDX-License-Identifier: Apache-2.0

import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// The few socket calls that the servers and clients of the tests are made of. Every descriptor is closed on `exec`.
enum Libc {
  static func failure(_ call: String) -> RedisTestError {
    RedisTestError(.system, "\(call) failed: \(String(cString: strerror(errno))).")
  }

  /// A TCP socket, or one of the file system.
  static func socket(_ family: Int32 = AF_INET) throws(RedisTestError) -> Int32 {
    #if canImport(Darwin)
      let descriptor = Darwin.socket(family, SOCK_STREAM, 0)
    #else
      let descriptor = Glibc.socket(family, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    guard descriptor >= 0 else { throw failure("socket") }
    prepare(descriptor)
    return descriptor
  }

  /// Two connected sockets.
  static func socketPair() throws(RedisTestError) -> (Int32, Int32) {
    var pair: [Int32] = [-1, -1]
    #if canImport(Darwin)
      let result = Darwin.socketpair(AF_UNIX, SOCK_STREAM, 0, &pair)
    #else
      let result = Glibc.socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair)
    #endif
    guard result == 0 else { throw failure("socketpair") }
    pair.forEach(prepare)
    return (pair[0], pair[1])
  }

  /// The next waiting connection of a listener, or nil when none waits.
  static func accept(_ listener: Int32) -> Int32? {
    let descriptor = Foundation.accept(listener, nil, nil)
    guard descriptor >= 0 else { return nil }
    prepare(descriptor)
    sendAtOnce(descriptor)
    return descriptor
  }

  private static func prepare(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    #if canImport(Darwin)
      setOption(descriptor, SO_NOSIGPIPE, 1)
    #endif
  }

  static func setOption(_ descriptor: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    _ = setsockopt(descriptor, SOL_SOCKET, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Switches off Nagle's algorithm, so that what is sent is on its way before the call returns.
  static func sendAtOnce(_ descriptor: Int32) {
    var on: Int32 = 1
    _ = setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  static func makeNonBlocking(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
  }

  /// Makes the socket's `close` a reset of the connection.
  static func resetOnClose(_ descriptor: Int32) {
    var option = linger(l_onoff: 1, l_linger: 0)
    _ = setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  /// Binds a socket to a port of the loopback, 0 for any, and returns the port.
  static func bindLoopback(_ descriptor: Int32, port: Int) throws(RedisTestError) -> Int {
    var address = loopback(port)
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
    }
    guard bound == 0 else { throw failure("bind") }
    var named = size
    let result = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &named) }
    }
    guard result == 0 else { throw failure("getsockname") }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  /// Connects to a port of the loopback.
  /// - Returns: Whether the connection stands; false when it is still being made, on a non-blocking socket.
  static func connectLoopback(_ descriptor: Int32, port: Int) throws(RedisTestError) -> Bool {
    var address = loopback(port)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if result == 0 { return true }
    if errno == EINPROGRESS { return false }
    throw RedisTestError(.notAnswering, "Nothing listens on port \(port): \(String(cString: strerror(errno))).")
  }

  /// Connects to a socket of the file system.
  static func connect(_ descriptor: Int32, path: String) throws(RedisTestError) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      throw RedisTestError(.system, "The path of the socket is too long: \(path).")
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else { throw RedisTestError(.notAnswering, "Nothing listens at \(path).") }
  }

  private static func loopback(_ port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
    address.sin_addr = in_addr(s_addr: UInt32(0x7f00_0001).bigEndian)
    return address
  }

  /// Sends without raising SIGPIPE; as `send` otherwise.
  static func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Darwin)
      Darwin.send(descriptor, bytes.baseAddress, bytes.count, 0)
    #else
      Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
    #endif
  }
}
