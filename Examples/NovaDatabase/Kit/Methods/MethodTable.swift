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
    Method.aggregates,
    Method.archive,
    Method.computeNodes,
    Method.flavors,
    Method.instanceDetails,
    Method.instanceFaults,
    Method.instanceGroups,
    Method.instanceListing,
    Method.instances,
    Method.migrations,
    Method.onlineMigrations,
    Method.pciDevices,
    Method.services,
  ].flatMap { $0 }
}
