// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A server of HTTP: what a responder answers, and `GET /healthcheck`.
///
/// Nothing that a client sends stops it: every request is limited in size and time, and answered or dropped by itself.
public final class HTTPServer: Sendable {
  /// The port that the server listens on.
  public let port: Int

  private let listener: any Channel
  private let connections: ConnectionRegister
  private let logger: Logger

  private init(port: Int, listener: any Channel, connections: ConnectionRegister, logger: Logger) {
    self.port = port
    self.listener = listener
    self.connections = connections
    self.logger = logger
  }

  /// Starts a server. It serves until ``shutDown(grace:)``.
  ///
  /// - Parameters:
  ///   - responder: What answers.
  ///   - configuration: Where to listen, and the limits.
  /// - Returns: The server, which listens.
  /// - Throws: An `IOError` when the address can't be listened on.
  public static func start(
    _ responder: some HTTPResponder, _ configuration: HTTPServerConfiguration = HTTPServerConfiguration()
  ) async throws -> HTTPServer {
    let logger = configuration.logger
    let router = RequestRouter(responder: responder, logger: logger)
    let connections = ConnectionRegister(maximum: configuration.maximumConnections)
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          guard connections.add(channel) else { throw TooManyConnections() }
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          try channel.pipeline.syncOperations.addHandler(
            ConnectionHandler(router: router, configuration: configuration))
        }
      }
      .bind(host: configuration.host, port: configuration.port).get()
    let server = HTTPServer(
      port: listener.localAddress?.port ?? configuration.port, listener: listener, connections: connections,
      logger: logger)
    logger.info(
      "listening", metadata: ["host": "\(configuration.host)", "port": "\(server.port)"])
    return server
  }

  /// Stops the server: takes no more connections, answers the requests that are under way, and closes all connections.
  ///
  /// - Parameter grace: How long requests may take to be answered. The connections of those that take longer are cut.
  public func shutDown(grace: Duration = .seconds(10)) async {
    logger.info("shutting down", metadata: ["connections": "\(connections.count)"])
    try? await listener.close().get()
    connections.quiesce()
    let cut = listener.eventLoop.scheduleTask(in: TimeAmount(grace)) { [connections] in connections.closeAll() }
    await connections.empty()
    cut.cancel()
    logger.info("shut down")
  }
}

/// The reason to drop a connection.
private struct TooManyConnections: Error {}
