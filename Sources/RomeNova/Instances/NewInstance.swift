// SPDX-License-Identifier: Apache-2.0

/// A new instance with what belongs to it.
///
/// ```swift
/// var new = NewInstance { $0.hostname = "web1"; $0.host = "compute1" }
/// new.metadata = ["role": "web"]
/// new.securityGroups = ["default"]
/// ```
public struct NewInstance: Hashable, Sendable {
  /// The columns of the instance. Without a UUID it gets one.
  public var columns: NovaValues<Instance>
  /// The metadata of the user.
  public var metadata: [String: String?] = [:]
  /// The metadata of Nova.
  public var systemMetadata: [String: String?] = [:]
  /// What is known of the network of the instance.
  public var infoCache = NovaValues<InstanceInfoCache>()
  /// What else is known of the instance.
  public var extra = NovaValues<InstanceExtra>()
  /// The names of security groups of the caller's project.
  public var securityGroups: [String] = []

  /// Makes a new instance.
  ///
  /// - Parameter assign: Assigns columns.
  public init(_ assign: (inout NovaValues<Instance>) -> Void = { _ in }) { columns = NovaValues(assign) }

  /// Makes a new instance of its columns.
  public init(columns: NovaValues<Instance>) { self.columns = columns }
}
