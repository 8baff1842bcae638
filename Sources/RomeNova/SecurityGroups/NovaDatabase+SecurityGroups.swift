// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Adds a security group. Of two callers who add one of the same project and name, one gets it and the other an error.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - values: The columns of the group.
  ///   - instances: The UUIDs of the instances in the group, which come with the answer; nil when they do not.
  /// - Returns: The group, with its rules, of which there are none yet.
  /// - Throws: ``NovaError/Code/securityGroupExists``, and ``NovaError/Code/forbidden`` for a caller without a project.
  public func securityGroupCreate(
    _ context: NovaContext, values: NovaValues<SecurityGroup>, instances: [String]? = nil
  ) async throws(NovaError) -> NovaRow<SecurityGroup> {
    try context.require()
    return try await transaction(context) { error in
      error.isDuplicate(in: SecurityGroup.self) ? NovaError(duplicate: values.name, of: values.projectID) : nil
    } _: { call in
      let group = try await call.insert(values)
      for uuid in instances ?? [] {
        try call.make(
          NovaValues<SecurityGroupInstanceAssociation> {
            $0.securityGroupID = group.id
            $0.instanceUUID = uuid
          })
      }
      var row = NovaRow(group)
      row[SecurityGroup.rules] = []
      if instances != nil { try await call.load([.instances], into: &row) }
      return row
    }
  }

  /// Changes a security group.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - id: The number of the group.
  ///   - values: The columns that change.
  ///   - joins: What comes with the answer.
  /// - Throws: ``NovaError/Code/securityGroupNotFound``, ``NovaError/Code/securityGroupExists`` when the project has another
  ///   group of that name, and ``NovaError/Code/forbidden`` for a caller without a project.
  public func securityGroupUpdate(
    _ context: NovaContext, id: Int, values: NovaValues<SecurityGroup>, joins: SecurityGroupJoins = []
  ) async throws(NovaError) -> NovaRow<SecurityGroup> {
    try context.require()
    return try await transaction(context) { call in
      guard let group = try await call.query(SecurityGroup.self).filter(SecurityGroup.id == id).first() else {
        throw NovaError(.securityGroupNotFound, ["security_group_id": NovaField(id)])
      }
      try await call.update(group, values)
      // The constraint would refuse it, too, but does not know both names.
      if let name = group.name, let project = group.projectID {
        let alike = call.query(SecurityGroup.self, readDeleted: .yes)
          .filter(
            SecurityGroup.projectID == project, SecurityGroup.name == name, SecurityGroup.deleted == group.deleted)
        if try await alike.filter(SecurityGroup.id != id).exists() { throw NovaError(duplicate: name, of: project) }
      }
      var row = NovaRow(group)
      try await call.load(joins, into: &row)
      return row
    }
  }

  /// Soft-deletes a security group, with its rules, those that let its instances in, and what connects it with instances.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for a caller without a project.
  public func securityGroupDestroy(_ context: NovaContext, id: Int) async throws(NovaError) {
    try context.require()
    try await transaction(context) { call in
      try await call.query(SecurityGroup.self).filter(SecurityGroup.id == id).softDelete()
      try await call.query(SecurityGroupInstanceAssociation.self)
        .filter(SecurityGroupInstanceAssociation.securityGroupID == id).softDelete()
      try await call.query(SecurityGroupIngressRule.self)
        .filter(SecurityGroupIngressRule.groupID == id || SecurityGroupIngressRule.parentGroupID == id).softDelete()
    }
  }
}

extension NovaError {
  fileprivate init(duplicate name: String?, of project: String?) {
    self.init(
      .securityGroupExists, ["project_id": NovaField(project), "security_group_name": NovaField(name)])
  }
}
