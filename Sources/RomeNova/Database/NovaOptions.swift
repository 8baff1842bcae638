// SPDX-License-Identifier: Apache-2.0

/// The options of Nova's configuration that change what the functions do.
public struct NovaOptions: Hashable, Sendable {
  /// Among which instances a host name is unique.
  public enum UniqueNameScope: String, Hashable, Sendable {
    /// Names may repeat.
    case none = ""
    /// Within a project.
    case project
    /// Everywhere.
    case global
  }

  /// Whether a new service is enabled: `enable_new_services`.
  public var enablesNewServices = true
  /// Among which instances a host name is unique: `osapi_compute_unique_server_name_scope`.
  public var uniqueServerNameScope = UniqueNameScope.none
  /// How the name of an instance is made: `instance_name_template`.
  public var instanceNameTemplate = "instance-%08x"
  /// How the name of a volume is made: `volume_name_template`.
  public var volumeNameTemplate = "volume-%s"
  /// How the empty local disks of legacy descriptions of block devices are formatted; nil for what the host prefers:
  /// `default_ephemeral_format`.
  public var defaultEphemeralFormat: String?
  /// After how many reservations a usage is counted again; 0 for never: `quota.until_refresh`.
  public var untilRefresh = 0
  /// Whose release the functions behave as, where releases differ.
  public var release = NovaRelease.ocata

  /// The defaults of Nova.
  public init() {}
}

/// A release of Nova. The functions of all of them are there at the same time; a release decides where they differ in
/// what they answer.
public enum NovaRelease: String, Hashable, Sendable, CaseIterable, Comparable {
  /// 13, of 2016.
  case mitaka
  /// 15, of 2017.
  case ocata
  /// 20, of 2019.
  case train

  /// Whether a release is older than another.
  public static func < (left: NovaRelease, right: NovaRelease) -> Bool { left.rawValue < right.rawValue }
}
