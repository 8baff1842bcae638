// SPDX-License-Identifier: Apache-2.0

import Rome

extension ConformanceCase {
  /// Versions and revisions.
  static let versions: [ConformanceCase] = [
    ConformanceCase(
      "versions grow", "Every commit has a greater revision, and a row keeps its version until it is written."
    ) {
      probe in
      var last = try await probe.apply([.putRow(.t("still"), [1]), .putRow(.t("a"), [0])]).revision
      probe.expect(last > .zero, "the first revision is zero")
      let still = last
      for step in 1...50 {
        // The bytes stay the same at each second step: it is a write all the same.
        let next = try await probe.apply([.putRow(.t("a"), [UInt8(step / 2)])]).revision
        probe.expect(next > last, "revision \(next.rawValue) came after \(last.rawValue)")
        probe.expectEqual(try await probe.row(.t("a"))?.version, next, "the version of the written row")
        probe.expectEqual(try await probe.row(.t("still"))?.version, still, "the version of the other row")
        last = next
      }
    },
    ConformanceCase(
      "versions never repeat", "A row that is deleted and inserted again gets a version that it never had."
    ) {
      probe in
      var seen: Set<Revision> = []
      for step in 0..<40 {
        let revision = try await probe.apply([.putRow(.t("a"), [UInt8(step)])]).revision
        probe.expect(seen.insert(revision).inserted, "the receipt repeats revision \(revision.rawValue)")
        let version = try await probe.row(.t("a"))?.version
        probe.expectEqual(version, revision, "the version")
        try await probe.apply([.deleteRow(.t("a"))])
        try await probe.expectConflict(0, "a deleted row", checks: [.row(.t("a"), version: revision)])
      }
      let versions = seen.sorted()
      try await probe.apply([.putRow(.t("a"), [1])])
      for version in versions {
        try await probe.expectConflict(0, "a version of an earlier life", checks: [.row(.t("a"), version: version)])
      }
    },
  ]
}
