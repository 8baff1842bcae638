// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import NIOCore
internal import NIOPosix

/// A connection to a server that sends bytes as they are, be they a request or not.
public struct RawConnection {
  private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
  private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  private var received: [UInt8] = []

  /// Works with a new connection, which is closed afterwards.
  public static func with<Result: Sendable>(
    port: Int, _ body: (inout RawConnection) async throws -> Result
  ) async throws -> Result {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
            wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
        }
      }
    var result: Swift.Result<Result, any Error>?
    do {
      try await channel.executeThenClose { inbound, outbound in
        var connection = RawConnection(inbound: inbound.makeAsyncIterator(), outbound: outbound)
        do {
          result = .success(try await body(&connection))
        } catch {
          result = .failure(error)
        }
      }
    } catch {
      // When the work is done, it does not matter that the server has cut the connection meanwhile.
      if result == nil { throw error }
    }
    guard let result else { throw ChannelError.alreadyClosed }
    return try result.get()
  }

  private init(
    inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
    outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  ) {
    self.inbound = inbound
    self.outbound = outbound
  }

  /// Sends bytes.
  public func send(_ bytes: some Sequence<UInt8>) async throws {
    try await outbound.write(ByteBuffer(bytes: Array(bytes)))
  }

  /// Sends a text.
  public func send(_ text: String) async throws { try await send(text.utf8) }

  /// Ends this half of the connection: the server reads to the end.
  public func finish() { outbound.finish() }

  /// Reads until the server ends the connection.
  public mutating func rest() async throws -> String {
    // A connection that the server cuts ends by an error; what came before counts.
    while let part = try? await inbound.next(isolation: #isolation) { received += Array(buffer: part) }
    defer { received = [] }
    return String(decoding: received, as: UTF8.self)
  }

  /// Reads one answer: its head, and the body by the length that the head says.
  public mutating func response() async throws -> RawResponse? {
    while true {
      if let (response, length) = RawResponse.parse(received) {
        received.removeFirst(length)
        return response
      }
      guard let part = try await inbound.next(isolation: #isolation) else { return nil }
      received += Array(buffer: part)
    }
  }
}

/// An answer as it came over the wire.
public struct RawResponse: Sendable {
  /// The status of HTTP.
  public let status: Int
  /// The headers by their names in lower case.
  public let headers: [String: String]
  /// The body.
  public let body: String

  /// The first answer in the bytes, and its length; nil when it is not there whole.
  static func parse(_ bytes: [UInt8]) -> (RawResponse, Int)? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let end = text.range(of: "\r\n\r\n") else { return nil }
    let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
    let parts = lines[0].split(separator: " ")
    guard parts.count >= 2, let status = Int(parts[1]) else { return nil }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
    let head = text[..<end.upperBound].utf8.count
    let length = Int(headers["content-length"] ?? "0") ?? 0
    guard bytes.count >= head + length else { return nil }
    let body = String(decoding: bytes[head..<(head + length)], as: UTF8.self)
    return (RawResponse(status: status, headers: headers, body: body), head + length)
  }
}
