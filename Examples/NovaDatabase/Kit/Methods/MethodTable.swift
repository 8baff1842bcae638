// SPDX-License-Identifier: Apache-2.0

/// The functions that the server knows.
struct MethodTable: Sendable {
  private let methods: [String: Method]

  /// All functions.
  init() {
    methods = Dictionary(Self.all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The function of a name.
  subscript(name: String) -> Method? { methods[name] }

  /// The names of all functions, in order.
  var names: [String] { methods.keys.sorted() }

  /// The functions of all domains.
  static let all: [Method] = [
    Method.actions,
    Method.agentBuilds,
    Method.aggregates,
    Method.archive,
    Method.blockDevices,
    Method.cells,
    Method.certificates,
    Method.computeNodes,
    Method.consoles,
    Method.dnsDomains,
    Method.ec2,
    Method.fixedIPs,
    Method.flavors,
    Method.floatingIPs,
    Method.instanceDetails,
    Method.instanceFaults,
    Method.instanceGroups,
    Method.instanceListing,
    Method.instances,
    Method.keyPairs,
    Method.migrations,
    Method.networks,
    Method.onlineMigrations,
    Method.pciDevices,
    Method.quotas,
    Method.securityGroups,
    Method.services,
    Method.taskLog,
    Method.usage,
    Method.virtualInterfaces,
  ].flatMap { $0 }
}
