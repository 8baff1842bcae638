// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension NovaDatabase {
  /// The smallest versions of services: a number for one binary, as Mitaka asks for it, and an object for a list.
  func minimumVersion(_ context: NovaContext, _ binaries: OneOrMany) async throws(NovaError) -> NovaField {
    if let binary = binaries.values.first, binaries.isOne {
      return NovaField(try await serviceGetMinimumVersion(context, binary: binary))
    }
    return .object(try await serviceGetMinimumVersion(context, binaries: binaries.values).mapValues { NovaField($0) })
  }
}
