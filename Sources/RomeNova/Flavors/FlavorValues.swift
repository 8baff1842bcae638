// SPDX-License-Identifier: Apache-2.0

/// A flavor to add.
public struct FlavorValues: Hashable, Sendable {
  /// Values of columns.
  public var values: NovaValues<InstanceTypes>
  /// The extra specs by key.
  public var extraSpecs: [String: String?]

  /// Describes a flavor.
  ///
  /// - Parameters:
  ///   - values: Values of columns.
  ///   - extraSpecs: The extra specs by key.
  public init(_ values: NovaValues<InstanceTypes>, extraSpecs: [String: String?] = [:]) {
    self.values = values
    self.extraSpecs = extraSpecs
  }
}

/// Which flavors to list. Filters that are nil let all pass.
public struct FlavorFilters: Hashable, Sendable {
  /// Those with at least so much memory, in MiB.
  public var minMemoryMB: Int?
  /// Those with a root disk of at least so many GiB.
  public var minRootGB: Int?
  /// Those that are disabled, or that are not.
  public var disabled: Bool?
  /// True for those that are public or that the project of the caller may use, false for those that are not public.
  public var isPublic: Bool?

  /// No filters.
  public init() {}
}
