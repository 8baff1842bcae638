// SPDX-License-Identifier: Apache-2.0

public import Rome

/// The questions that the example asks of the catalog, as queries: run them with `all()`, or look at them with `explain()`.
public struct PackageQueries {
  let session: RomeSession

  /// The questions to the store of a session.
  ///
  /// - Parameter session: The session.
  public init(_ session: RomeSession) {
    self.session = session
  }

  /// The sections of the archive that take the most space: section, number of packages, KiB of all, KiB of the largest.
  ///
  /// - Parameter minimum: How many packages a section must have.
  public func sections(withAtLeast minimum: Int) -> RomeQuery<(String?, Int, Int?, Int?)> {
    let size = Package.installedSize.sum()
    return session.select(Package.section, count(), size, Package.installedSize.max())
      .group(by: Package.section)
      .having(count() >= minimum)
      .order(by: size.descending, Package.section)
  }

  /// The largest package of each section, several where they are of the same size. The subquery is of the same table, so
  /// one of the two needs another name.
  public func largestPackages() -> RomeQuery<Package> {
    let peer = Alias<Package>("peer")
    let largest = session.select(peer.installedSize.max()).filter(peer.section == Package.section)
    return session.query(Package.self)
      .filter(Package.installedSize == scalar(largest))
      .order(by: Package.installedSize.descending, Package.name, Package.architecture)
  }

  /// The packages of one page of a listing, the largest ones first. The next page begins behind the last package of this
  /// one, so it costs no more than the first.
  ///
  /// - Parameters:
  ///   - size: How many packages a page has.
  ///   - last: The last package of the page before.
  public func page(of size: Int, after last: Package?) -> RomeQuery<Package> {
    let page = session.query(Package.self).order(by: Package.installedSize.descending, Package.name).limit(size)
    guard let last else { return page }
    return page.after(last)
  }

  /// The maintainers by the number of their packages.
  public func maintainers() -> RomeQuery<(String, Int)> {
    session.query(Maintainer.self)
      .join(Maintainer.packages)
      .group(by: Maintainer.id, Maintainer.name)
      .select(Maintainer.name, Package.id.count())
      .order(by: Package.id.count().descending, Maintainer.name)
  }
}
