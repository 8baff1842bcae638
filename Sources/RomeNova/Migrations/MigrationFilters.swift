// SPDX-License-Identifier: Apache-2.0

public import Foundation
import Rome

/// Which migrations to list. Filters that are nil let all pass.
public struct MigrationFilters: Hashable, Sendable {
  /// Those with one of these statuses.
  public var statuses: [String]?
  /// Those from this host or to it.
  public var host: String?
  /// Those from this host; without effect where ``host`` is set.
  public var sourceCompute: String?
  /// Those of this kind; the inner nil is for those of no kind.
  public var migrationType: String??
  /// Those that are hidden, or that are not.
  public var hidden: Bool?
  /// Those of this instance.
  public var instanceUUID: String?
  /// Those with one of these UUIDs. Nova has it since Rocky.
  public var uuids: [String]?
  /// Those that have changed at that time or later. Nova has it since Rocky.
  public var changesSince: Date?
  /// Those that have changed at that time or before. Nova has it since Train.
  public var changesBefore: Date?
  /// Those that this user asked for. Nova has it since Train.
  public var userID: String?
  /// Those that a user of this project asked for. Nova has it since Train.
  public var projectID: String?

  /// No filters.
  public init() {}

  /// The conditions that a migration has to fulfil.
  var conditions: [Condition] {
    var conditions: [Condition] = []
    if let statuses { conditions.append(Migration.status.in(statuses)) }
    if let host {
      conditions.append(Migration.sourceCompute == host || Migration.destCompute == host)
    } else if let sourceCompute {
      conditions.append(Migration.sourceCompute == sourceCompute)
    }
    if let migrationType { conditions.append(Migration.migrationType == migrationType) }
    if let hidden { conditions.append(Migration.hidden == hidden) }
    if let instanceUUID { conditions.append(Migration.instanceUUID == instanceUUID) }
    if let uuids { conditions.append(Migration.uuid.in(uuids)) }
    if let changesSince { conditions.append(Migration.updatedAt >= changesSince) }
    if let changesBefore { conditions.append(Migration.updatedAt <= changesBefore) }
    if let userID { conditions.append(Migration.userID == userID) }
    if let projectID { conditions.append(Migration.projectID == projectID) }
    return conditions
  }
}
