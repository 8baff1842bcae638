// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

extension InstanceFilters {
  /// The state of an instance that is deleted and can still be restored.
  private static let softDelete = "soft-delete"

  /// The filters of a caller: those of a user are kept to his project.
  func limited(to context: NovaContext) -> InstanceFilters {
    if context.isAdmin { return self }
    var filters = self
    filters.projectID = .equals(context.projectID)
    return filters
  }

  /// What holds for the instances that the filters leave.
  ///
  /// Soft deletion is among it, so the query must read deleted rows.
  ///
  /// - Parameter readDeleted: Which metadata count for ``metadataTags``.
  func conditions(readDeleted: ReadDeleted) -> [Condition] {
    exactConditions + changeConditions + lifeConditions + tagConditions + metadataConditions(readDeleted)
      + patternConditions
  }

  private var exactConditions: [Condition] {
    [
      projectID?.condition(on: Instance.projectID), userID?.condition(on: Instance.userID),
      imageRef?.condition(on: Instance.imageRef), vmState?.condition(on: Instance.vmState),
      taskState?.condition(on: Instance.taskState), instanceTypeID?.condition(on: Instance.instanceTypeID),
      uuid?.condition(on: Instance.uuid), host?.condition(on: Instance.host),
      locked?.condition(on: Instance.locked),
    ].compactMap { $0 }
  }

  /// Whether the filters leave few instances: those of a project, of a host, or those that they name.
  private var isNarrow: Bool { projectID != nil || host != nil || uuid != nil }

  /// Conditions on when the instance was changed.
  ///
  /// Of a whole cloud, the changes since a time are few: who asks for them asks often. So the index says which instances
  /// they are, whatever the order of the list.
  private var changeConditions: [Condition] {
    let since = changesSince.map { Instance.updatedAt >= $0 }
    let before = changesBefore.map { Instance.updatedAt <= $0 }
    let conditions = [since, before].compactMap { $0 }
    if isNarrow || since == nil { return conditions }
    let changed = conditions.reduce(RomeQuery(Instance.self).readDeleted(.yes)) { $0.filter($1) }
    return [Instance.id.in(changed.select(Instance.id))]
  }

  /// Conditions on whether the instance is deleted, and how.
  private var lifeConditions: [Condition] {
    var conditions: [Condition] = []
    switch deleted {
    case true?:
      // A deleted row has its own number there; that all numbers are positive is what an index can use.
      let isDeleted = Instance.deleted > 0
      conditions.append(softDeleted ?? true ? isDeleted || Instance.vmState == Self.softDelete : isDeleted)
    case false?:
      conditions.append(Instance.deleted == 0)
      if softDeleted != true { conditions.append(Instance.vmState != Self.softDelete || Instance.vmState == nil) }
    case nil: break
    }
    if let cleaned { conditions.append(Instance.cleaned == (cleaned ? 1 : 0)) }
    conditions.append(hidden ? Instance.hidden == true : Instance.hidden == false || Instance.hidden == nil)
    return conditions
  }

  /// Conditions on tags. A deleted instance has none.
  private var tagConditions: [Condition] {
    var conditions: [Condition] = []
    if !tags.isEmpty || anyOfTags != nil { conditions.append(Instance.deleted == 0) }
    conditions += tags.map { hasTag(Tag.tag == $0) }
    if let anyOfTags { conditions.append(hasTag(Tag.tag.in(anyOfTags))) }
    // What is left out is looked up for each instance, whatever the filters are: many more are in than out.
    func lacks(_ condition: Condition) -> Condition { !exists(Self.tagsOfInstance.filter(condition)) }
    if let first = notTags.first {
      conditions.append(
        notTags.dropFirst().reduce(Instance.deleted > 0 || lacks(Tag.tag == first)) { $0 || lacks(Tag.tag == $1) })
    }
    if !noneOfTags.isEmpty { conditions.append(Instance.deleted > 0 || lacks(Tag.tag.in(noneOfTags))) }
    return conditions
  }

  private static var tagsOfInstance: RomeQuery<Tag> { RomeQuery(Tag.self).filter(Tag.resourceID == Instance.uuid) }

  /// That the instance has a tag.
  ///
  /// Where other filters leave few instances, the tags of these are looked up; a tag of theirs may be one of all projects.
  /// Else the tag says which instances it can be.
  private func hasTag(_ condition: Condition) -> Condition {
    if isNarrow { return exists(Self.tagsOfInstance.filter(condition)) }
    return Instance.uuid.in(RomeQuery(Tag.self).filter(condition).select(Tag.resourceID))
  }

  private func metadataConditions(_ readDeleted: ReadDeleted) -> [Condition] {
    var conditions: [Condition] = []
    let metadata = RomeQuery(InstanceMetadata.self).filter(InstanceMetadata.instanceUUID == Instance.uuid)
    for (key, value) in self.metadata.joined() {
      let live = metadata.readDeleted(.no)
      conditions.append(exists(live.filter(InstanceMetadata.key == key)))
      conditions.append(exists(live.filter(InstanceMetadata.value == value)))
    }
    let system = RomeQuery(InstanceSystemMetadata.self).readDeleted(.yes)
      .filter(InstanceSystemMetadata.instanceUUID == Instance.uuid)
    for (key, value) in systemMetadata.joined() {
      conditions.append(exists(system.filter(InstanceSystemMetadata.key == key)))
      conditions.append(exists(system.filter(InstanceSystemMetadata.value == value)))
    }
    var anyOf: [Condition] = []
    let seen = metadata.readDeleted(readDeleted)
    for tag in metadataTags {
      switch tag {
      case .keys(let keys): anyOf.append(InstanceMetadata.key.in(keys))
      case .values(let values): anyOf.append(InstanceMetadata.value.in(values))
      case .entry(let key, let values):
        conditions.append(exists(seen.filter(InstanceMetadata.key == key, InstanceMetadata.value.in(values))))
      }
    }
    if let first = anyOf.first { conditions.append(exists(seen.filter(anyOf.dropFirst().reduce(first) { $0 || $1 }))) }
    return conditions
  }

  private var patternConditions: [Condition] {
    patterns.sorted { $0.key < $1.key }.compactMap { name, pattern in
      guard let position = Instance.schema.position(of: name), Instance.schema.columns[position].name == name else {
        return nil
      }
      // The text of any type of column.
      let text = concat(Column<Instance, String?>(position))
      return coalesce(text, "None").matches(PythonPattern(pattern).swift)
    }
  }
}

extension InstanceFilters.Match {
  fileprivate func condition<C: ColumnValue>(on column: Column<Instance, C>) -> Condition where C.Base == Value {
    switch self {
    case .equals(let value): column == value
    case .anyOf(let values): column.in(values)
    }
  }
}
