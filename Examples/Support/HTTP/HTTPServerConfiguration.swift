// SPDX-License-Identifier: Apache-2.0

public import Logging

/// Where a server listens, and how much it takes from a client.
public struct HTTPServerConfiguration: Sendable {
  /// The address to listen on.
  public var host = "127.0.0.1"
  /// The port; 0 for any that is free.
  public var port = 0
  /// How large a body may be, in bytes.
  public var maximumBodyBytes = 8 << 20
  /// How many connections are served at the same time; more are closed at once.
  public var maximumConnections = 1024
  /// How long a connection may be without a request, or take for the head of one.
  public var idleTimeout: Duration = .seconds(60)
  /// How long a body may take to arrive after its head.
  public var bodyTimeout: Duration = .seconds(30)
  /// How long a client may take to fetch an answer.
  public var responseTimeout: Duration = .seconds(30)
  /// How long a connection that is closed with something of the client unread waits for its end, so that the answer is not
  /// lost with what was unread.
  public var lingerTimeout: Duration = .seconds(2)
  /// Where the log goes: a line a request. It gets no body and no header but the id of the request.
  public var logger = Logger(label: "http-service")

  /// The default configuration.
  public init() {}
}
