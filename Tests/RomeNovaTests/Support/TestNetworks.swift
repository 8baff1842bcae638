// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import RomeTesting
import Testing

extension NovaDatabase {
  /// Adds an instance, and says its UUID.
  func addInstance(host: String? = nil, project: String? = nil) async throws -> String {
    try await instanceCreate(
      .admin,
      values: NewInstance {
        $0.host = host
        $0.projectID = project
        $0.hostname = "name"
      }
    ).uuid
  }

  /// Adds a network, and says its number.
  func addNetwork(_ assign: (inout NovaValues<Network>) -> Void = { _ in }) async throws -> Int {
    try #require(try await networkCreateSafe(.admin, values: NovaValues(assign)).id)
  }

  /// Adds a fixed address, and says its number.
  @discardableResult
  func addFixedIP(
    _ address: NovaAddress, _ assign: (inout NovaValues<FixedIp>) -> Void = { _ in }
  ) async throws -> Int {
    var values = NovaValues<FixedIp> { $0.address = address }
    assign(&values)
    return try #require(try await fixedIPCreate(.admin, values: values).id)
  }

  /// Adds free addresses 10.0.x.y to a network.
  func fill(_ network: Int, _ count: Int) async throws {
    let addresses = (0..<count).map { number in
      NovaValues<FixedIp> {
        $0.address = NovaAddress("10.0.\(number / 256).\(number % 256)")
        $0.networkID = network
      }
    }
    try await fixedIPBulkCreate(.admin, ips: addresses)
  }

  /// Adds a floating address, and says its number.
  @discardableResult
  func addFloatingIP(
    _ address: NovaAddress, _ assign: (inout NovaValues<FloatingIp>) -> Void = { _ in }
  ) async throws -> Int {
    var values = NovaValues<FloatingIp> { $0.address = address }
    assign(&values)
    return try #require(try await floatingIPCreate(.admin, values: values).id)
  }

  /// Adds an interface, and says its number.
  func addInterface(
    _ address: String, _ assign: (inout NovaValues<VirtualInterface>) -> Void = { _ in }
  ) async throws -> Int {
    var values = NovaValues<VirtualInterface> { $0.address = address }
    assign(&values)
    return try #require(try await virtualInterfaceCreate(.admin, values: values).id)
  }
}

/// What became of the calls of several callers at the same time, in their order.
func outcomes<Result: Sendable>(
  _ callers: Int, _ body: @escaping @Sendable (Int) async throws -> Result
) async -> [Swift.Result<Result, any Error>] {
  await withTaskGroup(of: (Int, Swift.Result<Result, any Error>).self) { group in
    for caller in 0..<callers {
      group.addTask {
        do {
          return (caller, .success(try await body(caller)))
        } catch {
          return (caller, .failure(error))
        }
      }
    }
    var results = await group.reduce(into: []) { $0.append($1) }
    results.sort { $0.0 < $1.0 }
    return results.map(\.1)
  }
}

extension FaultPlan {
  /// Lets callers in between before and after each call, so that those at the same time get in each other's way.
  static let crowded = FaultPlan { _ in .yield(8) }
}
