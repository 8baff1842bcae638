// SPDX-License-Identifier: Apache-2.0

import Rome

/// A table of addresses, of which no two live rows have the same one.
protocol AddressTable: NovaModel {
  /// The address.
  static var address: Column<Self, NovaAddress?> { get }
}

extension FixedIp: AddressTable {}
extension FloatingIp: AddressTable {}

extension NovaDatabase {
  /// How many addresses are looked up with one query. It bounds the size of a request, whatever the length of a list.
  static let addressesPerQuery = 256

  /// Adds rows, all or none.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - rows: The values of the rows.
  ///   - code: What to throw when an address is in use. The error names the first such address.
  func addAll<Model: AddressTable>(
    _ context: NovaContext, _ rows: [NovaValues<Model>], orThrow code: NovaError.Code
  ) async throws(NovaError) -> [NovaRow<Model>] {
    do {
      return try await transaction(context) { error in
        error.isDuplicate(in: Model.self) ? NovaError(code) : nil
      } _: { call in
        let added = try rows.map { try call.make($0) }
        try await call.session.flush()
        return added.map { NovaRow($0) }
      }
    } catch  where error.code == code {
      // Only who fails pays for looking up why.
      let addresses = rows.compactMap { $0.value(of: Model.address) ?? nil }
      let taken = try await firstTaken(context, Model.self, addresses)
      throw NovaError(code, ["address": NovaField(taken)])
    }
  }

  /// The first address of a list that a live row has, or that is in the list a second time.
  private func firstTaken<Model: AddressTable>(
    _ context: NovaContext, _ type: Model.Type, _ addresses: [NovaAddress]
  ) async throws(NovaError) -> NovaAddress? {
    try await reading(context) { call in
      var seen: Set<NovaAddress> = []
      for part in addresses.split(into: Self.addressesPerQuery) {
        let rows = call.session.select(Model.address).filter(Model.address.in(part))
        let inUse = Set(try await rows.all())
        if let taken = part.first(where: { inUse.contains($0) || !seen.insert($0).inserted }) { return taken }
      }
      return nil
    }
  }
}

extension Array {
  /// The elements in order, in parts of a length.
  func split(into length: Int) -> [[Element]] {
    stride(from: 0, to: count, by: length).map { Array(self[$0..<Swift.min($0 + length, count)]) }
  }
}
