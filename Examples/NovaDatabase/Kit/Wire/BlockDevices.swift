// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova

extension NovaBlockDeviceValues: WireArgument {
  /// Reads a block device. Members that are no columns are told of by ``NovaBlockDeviceValues/hasOtherMembers``.
  init(wire: WireValue) throws(NovaError) {
    guard var members = wire.members else { throw .mistyped("an object") }
    if let size = members["volume_size"], !size.isNull {
      if size == .string("") {
        members["volume_size"] = nil
      } else if size.integer == nil {
        throw NovaError(.invalidBDMFormat, ["details": "Invalid volume_size."])
      }
    }
    if case .string(let text)? = members["delete_on_termination"] {
      members["delete_on_termination"] = .bool(Self.isYes(text))
    }
    let names = Set(BlockDeviceMapping.schema.columns.map(\.name))
    self.init(
      columns: try NovaValues(wire: .object(members)), virtualName: members["virtual_name"]?.text,
      hasOtherMembers: !names.isSuperset(of: members.keys))
  }

  /// Whether OpenStack takes a text for yes.
  private static func isYes(_ text: String) -> Bool {
    ["1", "t", "true", "on", "y", "yes"].contains(text.trimmingPrefix { $0.isWhitespace }.lowercased())
  }
}

extension NovaBlockDeviceRelation: WireArgument {
  init(wire: WireValue) throws(NovaError) {
    guard let relation = wire.text.flatMap({ NovaBlockDeviceRelation(rawValue: $0) }) else {
      throw .mistyped("the name of a relation")
    }
    self = relation
  }
}
