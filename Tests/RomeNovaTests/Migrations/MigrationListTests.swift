// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct MigrationListTests {
  private let noon = Date(timeIntervalSince1970: 1_456_833_600)

  private func filters(_ assign: (inout MigrationFilters) -> Void) -> MigrationFilters {
    var filters = MigrationFilters()
    assign(&filters)
    return filters
  }

  /// Three migrations, an hour apart.
  private func makeNova(_ kind: TestStoreKind) async throws -> NovaDatabase {
    let nova = try await kind.nova()
    for number in 1...3 {
      let time = noon.addingTimeInterval(Double(number) * 3600)
      try await nova.addMigration {
        $0.createdAt = time
        $0.updatedAt = time
        $0.uuid = "m\(number)"
        $0.sourceCompute = "h\(number)"
        $0.destCompute = "h\(number % 3 + 1)"
        $0.status = ["running", "reverted", "confirmed"][number - 1]
        $0.migrationType = number == 1 ? nil : "resize"
        $0.hidden = number == 2
        $0.instanceUUID = "i\(number)"
        $0.userID = "u\(number)"
        $0.projectID = "p\(number % 2)"
      }
    }
    return nova
  }

  @Test(arguments: TestStoreKind.all)
  func `Each filter lets those pass that it describes`(_ kind: TestStoreKind) async throws {
    let nova = try await makeNova(kind)
    let cases: [(MigrationFilters, [Int])] = [
      (filters { _ in }, [1, 2, 3]),
      (filters { $0.statuses = ["reverted", "confirmed"] }, [2, 3]),
      (filters { $0.statuses = [] }, []),
      (filters { $0.host = "h2" }, [1, 2]),
      (filters { $0.sourceCompute = "h2" }, [2]),
      (
        filters {
          $0.host = "h2"
          $0.sourceCompute = "h3"
        }, [1, 2]
      ),
      (filters { $0.migrationType = "resize" }, [2, 3]),
      (filters { $0.migrationType = .some(nil) }, [1]),
      (filters { $0.hidden = false }, [1, 3]),
      (filters { $0.instanceUUID = "i3" }, [3]),
      (filters { $0.uuids = ["m1", "m3", "m9"] }, [1, 3]),
      (filters { $0.changesSince = noon.addingTimeInterval(7200) }, [2, 3]),
      (filters { $0.changesBefore = noon.addingTimeInterval(7200) }, [1, 2]),
      (filters { $0.userID = "u1" }, [1]),
      (filters { $0.projectID = "p1" }, [1, 3]),
      (
        filters {
          $0.projectID = "p1"
          $0.host = "h1"
          $0.hidden = false
          $0.statuses = ["confirmed"]
        }, [3]
      ),
    ]
    for (filters, expected) in cases {
      #expect(try await nova.migrationGetAllByFilters(.admin, filters: filters).map(\.id) == expected, "\(filters)")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Deleted migrations are seen by those who want to`(_ kind: TestStoreKind) async throws {
    let nova = try await makeNova(kind)
    try await nova.deleteMigration(2)
    #expect(try await nova.migrationGetAllByFilters(.admin, filters: MigrationFilters()).map(\.id) == [1, 3])
    let deleted = try await nova.migrationGetAllByFilters(.admin.reading(.only), filters: MigrationFilters())
    #expect(deleted.map(\.id) == [2])
  }

  @Test(arguments: TestStoreKind.all)
  func `A page begins with the newest migration, and goes on behind its marker`(_ kind: TestStoreKind) async throws {
    let nova = try await makeNova(kind)
    let all = MigrationFilters()
    #expect(try await nova.migrationGetAllByFilters(.admin, filters: all, limit: 2).map(\.id) == [3, 2])
    #expect(try await nova.migrationGetAllByFilters(.admin, filters: all, limit: 2, marker: "m2").map(\.id) == [1])
    #expect(try await nova.migrationGetAllByFilters(.admin, filters: all, limit: 0).isEmpty)
    await expectError(.markerNotFound, ["marker": "m9"]) {
      _ = try await nova.migrationGetAllByFilters(.admin, filters: all, marker: "m9")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `Lists are sorted as the caller says`(_ kind: TestStoreKind) async throws {
    let nova = try await makeNova(kind)
    func list(_ keys: [String]?, _ directions: [SortDirection]?) async throws(NovaError) -> [Int?] {
      try await nova.migrationGetAllByFilters(
        .admin, filters: MigrationFilters(), sortKeys: keys, sortDirections: directions
      ).map(\.id)
    }
    #expect(try await list(["updated_at"], [.ascending]) == [1, 2, 3])
    #expect(try await list(["project_id", "status"], [.ascending, .descending]) == [2, 1, 3])
    #expect(try await list(["project_id"], nil) == [3, 1, 2])
    #expect(try await list([], nil) == [3, 2, 1])
    await expectError(.invalidSortKey) { _ = try await list(["shoe_size"], nil) }
    await expectError(.invalidInput) { _ = try await list(["status"], [.ascending, .ascending]) }
  }

  @Test(arguments: TestStoreKind.all)
  func `A page reads its rows only`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    for number in 0..<60 {
      try await nova.addMigration {
        $0.uuid = "m\(number)"
        $0.createdAt = noon.addingTimeInterval(Double(number))
      }
    }
    let (page, plans) = try await nova.explaining { nova in
      try await nova.migrationGetAllByFilters(.admin, filters: MigrationFilters(), limit: 5, marker: "m40")
    }
    #expect(page.map(\.uuid) == ["m39", "m38", "m37", "m36", "m35"])
    #expect(plans.allSatisfy { !$0.hasFullScan && $0.statistics.rowsRead <= 10 }, "\(plans)")
  }
}
