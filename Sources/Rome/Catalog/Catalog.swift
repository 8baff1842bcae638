// SPDX-License-Identifier: Apache-2.0

/// What Rome remembers about one store in this process: schemas that were checked, indexes that are complete, and blocks
/// of reserved ids. Every store holds one and gives it out as ``Store/catalog``.
public final class Catalog: Sendable {
  /// Makes an empty catalog.
  public init() {}
}
