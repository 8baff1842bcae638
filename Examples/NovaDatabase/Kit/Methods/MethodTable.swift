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
    Method.cells,
    Method.certificates,
    Method.consoles,
    Method.keyPairs,
    Method.quotas,
    Method.securityGroups,
    Method.services,
  ].flatMap { $0 }
}
