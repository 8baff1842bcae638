// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import NovaDatabaseKit

/// Which of Nova's functions the server offers.
@Suite struct CoverageTests {
  @Test func `Every method has a name of its own`() {
    let names = MethodTable.all.map(\.name)
    let twice = Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    #expect(twice.isEmpty)
  }

  @Test(arguments: NovaFunctions.mitaka + [NovaFunctions.later])
  func `All functions are offered`(_ domain: NovaFunctions.Domain) {
    let offered = Set(MethodTable.all.map(\.name))
    #expect(domain.functions.filter { !offered.contains($0) } == [], "\(domain.name)")
  }

  @Test func `Mitaka has 292 functions, of which 287 touch data`() {
    let names = NovaFunctions.mitaka.flatMap(\.functions)
    #expect(names.count == 287 && Set(names + NovaFunctions.later.functions).count == 287 + 18)
  }

  @Test func `The table of the documentation says what is offered`() throws {
    let root = URL(filePath: #filePath).appending(path: "../../../..").standardized
    let article = try String(
      contentsOf: root.appending(path: "Sources/RomeNova/RomeNova.docc/Functions.md"), encoding: .utf8)
    let rows = article.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst().map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }.prefix(3)
    }
    let offered = Set(MethodTable.all.map(\.name))
    let domains = NovaFunctions.mitaka + [NovaFunctions.later]
    var wanted = domains.map { domain in
      [domain.name, "\(domain.functions.count)", "\(domain.functions.count { offered.contains($0) })"][...]
    }
    let all = domains.flatMap(\.functions)
    wanted.append(["all", "\(all.count)", "\(all.count { offered.contains($0) })"])
    #expect(Array(rows) == wanted)
  }
}
