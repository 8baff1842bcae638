// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova

extension InstanceJoins: WireArgument {
  /// Reads the names of what is loaded with an instance.
  init(wire: WireValue) throws(NovaError) { try self.init(names: try [String](wire: wire)) }
}

extension NewInstance: WireArgument {
  /// Reads a new instance: columns, and what belongs to the instance under its name.
  init(wire: WireValue) throws(NovaError) {
    self.init(columns: try NovaValues(wire: wire))
    metadata = try wire.member("metadata") ?? [:]
    systemMetadata = try wire.member("system_metadata") ?? [:]
    infoCache = try wire.member("info_cache") ?? infoCache
    extra = try wire.member("extra") ?? extra
    securityGroups = try wire.member("security_groups") ?? []
  }
}

extension WireValue {
  /// A member of an object; nil when it is missing or null.
  func member<T: WireArgument>(_ name: String) throws(NovaError) -> T? {
    guard let value = members?[name], !value.isNull else { return nil }
    return try T(wire: value)
  }
}
