// SPDX-License-Identifier: Apache-2.0

import JSONService
import RomeNova

extension QuotaLimit: WireAnswer {
  func wire(_ encoder: WireEncoder) -> JSONValue {
    switch self {
    case .project(let row): row.wire(encoder)
    case .user(let row): row.wire(encoder)
    }
  }
}

extension QuotaLimits: WireAnswer {
  /// One object with the names of the owner and the limits by resource.
  func wire(_ encoder: WireEncoder) -> JSONValue {
    var members = limits.mapValues { $0.wire(encoder) }
    switch owner {
    case .project(let project): members["project_id"] = .string(project)
    case .user(let user, let project):
      members["project_id"] = .string(project)
      members["user_id"] = .string(user)
    case .quotaClass(let name): members["class_name"] = .string(name)
    }
    return .object(members)
  }
}

extension QuotaUsages: WireAnswer {
  /// One object with the names of the owner and the amounts by resource.
  func wire(_ encoder: WireEncoder) -> JSONValue {
    var members: [String: JSONValue] = amounts.mapValues {
      ["in_use": $0.inUse.wire(encoder), "reserved": $0.reserved.wire(encoder)]
    }
    members["project_id"] = .string(projectID)
    if let userID { members["user_id"] = .string(userID) }
    return .object(members)
  }
}

extension QuotaCounter: WireArgument {
  /// Reads what counts a resource from its description: what the caller has counted, or else the name of Nova's function.
  init(wire: WireValue) throws(NovaError) {
    guard let members = wire.members else { throw .mistyped("a resource") }
    if let amounts = members["synced"], !amounts.isNull {
      self = .counted(try [String: Int](wire: amounts))
      return
    }
    switch members["sync"]?.text {
    case "_sync_instances": self = .instances
    case "_sync_floating_ips": self = .floatingIPs
    case "_sync_fixed_ips": self = .fixedIPs
    case "_sync_security_groups": self = .securityGroups
    case "_sync_server_groups": self = .serverGroups
    default: self = .uncounted
    }
  }
}

extension Duration: WireArgument {
  /// Reads a length of time, or a number of seconds.
  init(wire: WireValue) throws(NovaError) {
    switch wire {
    case .duration(let seconds), .double(let seconds): self = .seconds(seconds)
    default:
      guard let seconds = wire.integer else { throw .mistyped("a length of time") }
      self = .seconds(seconds)
    }
  }
}

/// An argument of which leaving it out is something else than passing null.
enum Assigned<Value: WireArgument>: WireArgument {
  /// It was left out.
  case kept
  /// It was passed.
  case to(Value)

  init(wire: WireValue) throws(NovaError) { self = .to(try Value(wire: wire)) }
}
