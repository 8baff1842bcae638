// SPDX-License-Identifier: Apache-2.0

import SwiftDiagnostics
import SwiftParser
import SwiftSyntax
import Testing

@testable import RomeMacros

/// What `@Entity` says about a class in a source: errors as `line:column: message`, and the source after all fix-its.
struct Findings {
  let errors: [String]
  let fixed: String

  init(_ source: String) throws {
    let file = Parser.parse(source: source)
    try #require(!file.hasError, "the source is no Swift")
    let statement = try #require(
      file.statements.lazy.compactMap { $0.item.asProtocol((any DeclGroupSyntax).self) }.first)
    let attribute = try #require(
      statement.attributes.lazy.compactMap { $0.as(AttributeSyntax.self) }.first { $0.plainName == "Entity" })
    var problems = ProblemList()
    let model = EntityParser(node: attribute, declaration: statement).parse(&problems)
    #expect((model == nil) == !problems.isEmpty)
    let converter = SourceLocationConverter(fileName: "", tree: file)
    errors = problems.diagnostics.map { diagnostic in
      let location = diagnostic.location(converter: converter)
      return "\(location.line):\(location.column): \(diagnostic.message)"
    }
    var edits: [(range: Range<AbsolutePosition>, text: String)] = []
    for change in problems.diagnostics.flatMap(\.fixIts).flatMap(\.changes) {
      if case .replace(let old, let new) = change {
        edits.append((old.position..<old.endPosition, new.description))
      }
    }
    var bytes = Array(source.utf8)
    for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
      bytes.replaceSubrange(edit.range.lowerBound.utf8Offset..<edit.range.upperBound.utf8Offset, with: edit.text.utf8)
    }
    fixed = String(decoding: bytes, as: UTF8.self)
  }

  /// The findings of a class with a primary key and more members; the first of these is in line 4.
  init(members: String) throws {
    try self.init("@Entity(\"books\")\nfinal class Book {\n  @PrimaryKey var id: Int?\n\(members)\n}")
  }

  /// The members after the fix-its.
  var fixedMembers: String {
    fixed.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(3).dropLast().joined(separator: "\n")
  }
}
