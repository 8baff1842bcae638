// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
public import GlanceRegistryKit
import ServerSupport
import RomeGlance

/// Serves Glance's registry over a store.
@main
struct GlanceRegistry: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "GlanceRegistry", abstract: "Serves the registry of OpenStack Glance over a key/value store.")

  @OptionGroup var server: ServerOptions

  @Option(help: "The port to listen on; 0 for any that is free.")
  var port = ListeningPort(9191)

  @Option(help: "How the server learns who asks: \(IdentityFlavor.allCases.map(\.rawValue).joined(separator: ", ")).")
  var identity = IdentityFlavor.trustedAuth

  func run() async throws {
    let logger = server.startLog("glance-registry")
    // Whoever stops the server while it starts does not get past this either.
    let stop = StopSignal()
    let stores = try ServerStores(
      server.store, name: "glance-registry", testMode: server.testMode, logger: logger)
    let glance =
      server.testMode
      ? try await GlanceDatabase(resettable: stores.renew) : GlanceDatabase(try await stores.open())
    let registry = Registry(glance, testMode: server.testMode)
    try await server.serve(
      RegistryResponder(registry, identity: identity), port: port.number, until: stop, logger: logger)
    await stores.close(glance.store)
  }
}

extension IdentityFlavor: ExpressibleByArgument {}
