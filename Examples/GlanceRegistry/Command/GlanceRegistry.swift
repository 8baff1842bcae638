// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
public import GlanceRegistryKit
public import Logging
import Rome
import RomeGlance

/// Serves Glance's registry over a store.
@main
struct GlanceRegistry: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "GlanceRegistry", abstract: "Serves the registry of OpenStack Glance over a key/value store.")

  @Option(
    help: "Where the images are: 'memory', or redis://[user[:password]@]host[:port][/database][?namespace=name].")
  var store = StoreChoice.memory

  @Option(help: "The address to listen on.")
  var host = "127.0.0.1"

  @Option(help: "The port to listen on; 0 for any that is free.")
  var port = 9191

  @Option(help: "How the server learns who asks: \(IdentityFlavor.allCases.map(\.rawValue).joined(separator: ", ")).")
  var identity = IdentityFlavor.trustedAuth

  @Option(help: "How large a request may be, in bytes.")
  var maximumBodyBytes = ServerConfiguration().maximumBodyBytes

  @Option(help: "How many connections are served at the same time.")
  var maximumConnections = ServerConfiguration().maximumConnections

  @Option(help: "How long requests may take to be answered when the server is told to stop, in seconds.")
  var grace = 10

  @Option(help: "What is logged: \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")).")
  var logLevel = Logger.Level.info

  @Flag(
    help: "Offer the command 'reset', which empties the store. The store is a new one that is gone with the server.")
  var testMode = false

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("The port must be between 0 and 65535.") }
    guard maximumBodyBytes >= 1 else { throw ValidationError("The size of requests must be at least 1 byte.") }
    guard maximumConnections >= 1 else { throw ValidationError("There must be at least 1 connection.") }
    guard grace >= 0 else { throw ValidationError("The grace can't be negative.") }
  }

  func run() async throws {
    let level = logLevel
    LoggingSystem.bootstrap { label in
      var handler = StreamLogHandler.standardError(label: label)
      handler.logLevel = level
      return handler
    }
    var server = ServerConfiguration()
    server.host = host
    server.port = port
    server.identity = identity
    server.maximumBodyBytes = maximumBodyBytes
    server.maximumConnections = maximumConnections

    // Whoever stops the server while it starts does not get past this either.
    let stop = StopSignal()
    let database = try await openDatabase(logger: server.logger)
    let running = try await RegistryServer.start(Registry(database.glance, testMode: testMode), server)
    await stop.received()
    await running.shutDown(grace: .seconds(grace))
    await database.close()
  }

  private func openDatabase(logger: Logger) async throws -> Database {
    switch store {
    case .memory: try await .memory(testMode: testMode)
    case .redis(let url): try await .redis(url, testMode: testMode, logger: logger)
    }
  }
}

extension IdentityFlavor: ExpressibleByArgument {}
extension Logger.Level: @retroactive ExpressibleByArgument {}
