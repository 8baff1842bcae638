// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONService
import RomeNova

extension NovaActionEventValues: WireArgument {
  init(wire: WireValue) throws(NovaError) {
    guard let members = wire.members else { throw .mistyped("an object") }
    self.init(
      instanceUUID: try String(wire: members["instance_uuid"] ?? .null),
      requestID: try String(wire: members["request_id"] ?? .null), columns: try NovaValues(wire: wire))
  }
}

extension NovaActionFilters: WireArgument {
  init(wire: WireValue) throws(NovaError) {
    if wire.isNull {
      self.init()
      return
    }
    guard let members = wire.members else { throw .mistyped("an object") }
    self.init(
      changesSince: try Date?(wire: members["changes-since"] ?? .null),
      changesBefore: try Date?(wire: members["changes-before"] ?? .null))
  }
}

extension NovaActionEvent: WireAnswer {
  /// The row with the two members of its report that are no columns, as Nova leaves them in it.
  func wire(_ encoder: WireEncoder) -> JSONValue {
    guard case .object(var message) = encoder.encode(row), case .object(var fields)? = message["fields"] else {
      return encoder.encode(row)
    }
    fields["instance_uuid"] = .string(instanceUUID)
    fields["request_id"] = .string(requestID)
    message["fields"] = .object(fields)
    return .object(message)
  }
}
