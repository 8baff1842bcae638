// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import RomeNova
import ServerSupport
import NovaDatabaseKit
import NovaDatabaseServer

/// Serves Nova's database API over a store.
@main
struct NovaDatabaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "NovaDatabase", abstract: "Serves the database API of OpenStack Nova over a key/value store.")

  @OptionGroup var server: ServerOptions
  @OptionGroup(title: "Options of Nova") var nova: NovaConfiguration

  @Option(help: "The port to listen on; 0 for any that is free.")
  var port = ListeningPort(8774)

  func run() async throws {
    let logger = server.startLog("nova-database")
    // Whoever stops the server while it starts does not get past this either.
    let stop = StopSignal()
    let stores = try ServerStores(server.store, name: "nova-database", testMode: server.testMode, logger: logger)
    let database =
      server.testMode
      ? try await NovaDatabase(options: nova.options, resettable: stores.renew)
      : NovaDatabase(try await stores.open(), options: nova.options)
    let service = NovaService(database, testMode: server.testMode)
    try await server.serve(NovaResponder(service), port: port.number, until: stop, logger: logger)
    await stores.close(database.store)
  }
}
