// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
public import HTTPService
public import Logging

/// The options that all servers have.
public struct ServerOptions: ParsableArguments {
  /// Where the data are.
  @Option(
    help:
      "Where the data are: 'memory', file:PATH, or redis://[user[:password]@]host[:port][/database][?namespace=name].")
  public var store = StoreChoice.memory

  /// The address to listen on.
  @Option(help: "The address to listen on.")
  public var host = "127.0.0.1"

  /// How large a request may be, in bytes.
  @Option(help: "How large a request may be, in bytes.")
  public var maximumBodyBytes = HTTPServerConfiguration().maximumBodyBytes

  /// How many connections are served at the same time.
  @Option(help: "How many connections are served at the same time.")
  public var maximumConnections = HTTPServerConfiguration().maximumConnections

  /// How long requests may take to be answered when the server is told to stop, in seconds.
  @Option(help: "How long requests may take to be answered when the server is told to stop, in seconds.")
  public var grace = 10

  /// What is logged.
  @Option(help: "What is logged: \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")).")
  public var logLevel = Logger.Level.info

  /// Whether the store is a new one that tests can empty.
  @Flag(help: "Offer a reset that empties the store. The store is a new one that is gone with the server.")
  public var testMode = false

  /// The defaults.
  public init() {}

  /// Refuses limits that make no sense.
  public func validate() throws {
    guard maximumBodyBytes >= 1 else { throw ValidationError("The size of requests must be at least 1 byte.") }
    guard maximumConnections >= 1 else { throw ValidationError("There must be at least 1 connection.") }
    guard grace >= 0 else { throw ValidationError("The grace can't be negative.") }
  }

  /// The log of the program, on the standard error.
  ///
  /// - Parameter label: The name of the program. To be called once.
  public func startLog(_ label: String) -> Logger {
    let level = logLevel
    LoggingSystem.bootstrap { label in
      var handler = StreamLogHandler.standardError(label: label)
      handler.logLevel = level
      return handler
    }
    return Logger(label: label)
  }

  /// Serves until the process is told to stop, and then answers what is under way.
  ///
  /// - Parameters:
  ///   - responder: What answers.
  ///   - port: The port to listen on; 0 for any that is free.
  ///   - stop: What tells the process to stop.
  ///   - logger: Where the log goes.
  public func serve(
    _ responder: some HTTPResponder, port: Int, until stop: StopSignal, logger: Logger
  ) async throws {
    var configuration = HTTPServerConfiguration()
    configuration.host = host
    configuration.port = port
    configuration.maximumBodyBytes = maximumBodyBytes
    configuration.maximumConnections = maximumConnections
    configuration.logger = logger
    let server = try await HTTPServer.start(responder, configuration)
    await stop.received()
    await server.shutDown(grace: .seconds(grace))
  }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}

/// A port to listen on.
public struct ListeningPort: ExpressibleByArgument, Sendable {
  /// The number; 0 for any that is free.
  public let number: Int

  /// A port of a number between 0 and 65535; nil for others.
  public init?(argument: String) {
    guard let number = UInt16(argument) else { return nil }
    self.number = Int(number)
  }

  /// A port that is known.
  public init(_ number: UInt16) { self.number = Int(number) }

  /// The number.
  public var defaultValueDescription: String { "\(number)" }
}
