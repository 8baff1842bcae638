// SPDX-License-Identifier: Apache-2.0

/// What a function loads with the instances that it answers: Nova's `columns_to_join`.
///
/// ```swift
/// let instance = try await nova.instanceGetByUUID(context, uuid: uuid, joins: [.metadata, .tags])
/// print(instance[Instance.tags] ?? [])
/// ```
public struct InstanceJoins: Hashable, Sendable {
  /// A table with rows that belong to an instance, by its name in Nova.
  public enum Relation: String, Hashable, Sendable, CaseIterable {
    /// The block devices.
    case blockDeviceMapping = "block_device_mapping"
    /// The tokens that open consoles.
    case consoleAuthTokens = "console_auth_tokens"
    /// What else is known of the instance, of which the columns are chosen one by one.
    case extra
    /// The latest fault. Nova has it since Train.
    case fault
    /// What is known of the network of the instance.
    case infoCache = "info_cache"
    /// The metadata of the user.
    case metadata
    /// The PCI devices.
    case pciDevices = "pci_devices"
    /// The security groups.
    case securityGroups = "security_groups"
    /// The services `nova-compute` of the host.
    case services
    /// The metadata of Nova.
    case systemMetadata = "system_metadata"
    /// The tags.
    case tags
  }

  /// The tables.
  public var relations: Set<Relation>
  /// The columns of ``Relation/extra`` that are loaded where that is.
  public var extraColumns: Set<InstanceExtraColumn>

  /// Makes a choice.
  ///
  /// - Parameters:
  ///   - relations: The tables.
  ///   - extraColumns: The columns of ``Relation/extra`` that are loaded where that is.
  public init(_ relations: Set<Relation> = [], extraColumns: Set<InstanceExtraColumn> = []) {
    self.relations = relations
    self.extraColumns = extraColumns
  }

  /// Makes a choice of names as Nova's callers pass them: `metadata`, `extra.flavor`.
  ///
  /// - Parameter names: The names.
  /// - Throws: ``NovaError/Code/valueError`` for a name that is none.
  public init(names: [String]) throws(NovaError) {
    relations = []
    extraColumns = []
    for name in names {
      if let relation = Relation(rawValue: name) {
        relations.insert(relation)
      } else if name.hasPrefix("extra."), let column = InstanceExtraColumn(rawValue: String(name.dropFirst(6))) {
        extraColumns.insert(column)
      } else {
        throw NovaError(.valueError, detail: "an instance has nothing of the name '\(name)' to join")
      }
    }
  }

  /// Both kinds of metadata: what functions that answer one instance load unless they are told otherwise.
  public static let usual: InstanceJoins = [.metadata, .systemMetadata]
  /// Both kinds of metadata, the info cache, and the security groups: what listings load unless they are told otherwise.
  public static let listing: InstanceJoins = [.metadata, .systemMetadata, .infoCache, .securityGroups]
}

extension InstanceJoins: ExpressibleByArrayLiteral {
  /// Tables, and none of the columns of ``Relation/extra``.
  public init(arrayLiteral elements: Relation...) { self.init(Set(elements)) }
}

/// A column of ``InstanceExtra`` that is loaded only where a function asks for it, because it may be large.
public enum InstanceExtraColumn: String, Hashable, Sendable, CaseIterable {
  /// The NUMA topology.
  case numaTopology = "numa_topology"
  /// The PCI devices that were asked for.
  case pciRequests = "pci_requests"
  /// The flavor, and those before and after a resize.
  case flavor
  /// The model of the virtual CPU.
  case vcpuModel = "vcpu_model"
  /// What a migration changes.
  case migrationContext = "migration_context"
  /// The devices with their tags. Nova has it since Newton.
  case deviceMetadata = "device_metadata"
  /// The key pairs. Nova has it since Ocata.
  case keypairs
  /// The certificates that images are checked with. Nova has it since Rocky.
  case trustedCerts = "trusted_certs"
  /// The resources that the instance claims. Nova has it since Train.
  case resources
}

extension Set<InstanceExtraColumn> {
  /// The names of the columns that are not among these: what stays unloaded.
  var unloadedNames: Set<String> {
    Set<String>(InstanceExtraColumn.allCases.filter { !contains($0) }.map(\.rawValue))
  }
}
