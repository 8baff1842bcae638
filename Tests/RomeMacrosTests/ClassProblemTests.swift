// SPDX-License-Identifier: Apache-2.0

import SwiftSyntaxMacrosGenericTestSupport
import Testing

@testable import RomeMacros

@Suite struct ClassProblemTests {
  @Test func aStructureBecomesAFinalClass() throws {
    let findings = try Findings("@Entity(\"a\")\nstruct A {\n  @PrimaryKey var id: Int?\n}")
    #expect(findings.errors == ["2:1: @Entity is for classes: an entity is one object that its session knows"])
    #expect(findings.fixed == "@Entity(\"a\")\nfinal class A {\n  @PrimaryKey var id: Int?\n}")
  }

  @Test(arguments: ["actor", "enum", "protocol", "extension"])
  func otherDeclarationsAreRefused(keyword: String) throws {
    let findings = try Findings("@Entity(\"a\")\n\(keyword) A {\n}")
    #expect(findings.errors == ["2:1: @Entity is for classes: an entity is one object that its session knows"])
  }

  @Test func aClassMustBeFinal() throws {
    let findings = try Findings("@Entity(\"a\")\npublic class A {\n  @PrimaryKey var id: Int?\n}")
    #expect(findings.errors == ["2:14: an entity must be a final class"])
    #expect(findings.fixed == "@Entity(\"a\")\npublic final class A {\n  @PrimaryKey var id: Int?\n}")
  }

  @Test func aClassCannotBeGeneric() throws {
    let findings = try Findings("@Entity(\"a\")\nfinal class A<T> {\n  @PrimaryKey var id: Int?\n}")
    #expect(findings.errors == ["2:14: an entity can't be generic: it is one table"])
  }

  @Test func theTableNeedsAName() throws {
    let findings = try Findings("@Entity\nfinal class BookTag {\n  @PrimaryKey var id: Int?\n}")
    #expect(findings.errors == ["1:1: @Entity needs the name of the table: @Entity(\"books\")"])
    #expect(findings.fixed == "@Entity(\"book_tags\")\nfinal class BookTag {\n  @PrimaryKey var id: Int?\n}")
    for attribute in ["@Entity(\"\")", "@Entity()", "@Entity(mixins: .timestamps)"] {
      let findings = try Findings("\(attribute)\nfinal class A {\n  @PrimaryKey var id: Int?\n}")
      #expect(findings.errors == ["1:1: @Entity needs the name of the table: @Entity(\"books\")"])
    }
  }

  @Test func theTableCanBeNamedByAConstant() throws {
    #expect(try Findings("@Entity(Tables.a)\nfinal class A {\n  @PrimaryKey var id: Int?\n}").errors.isEmpty)
  }

  @Test func aPrimaryKeyIsNeeded() throws {
    let findings = try Findings("@Entity(\"a\")\nfinal class A {\n  var id: Int?\n}")
    #expect(
      findings.errors == ["2:13: an entity needs a primary key: write @PrimaryKey before one of its properties"])
  }

  @Test func aCompositeKeyCannotBeOptional() throws {
    let findings = try Findings(members: "  @PrimaryKey var other: Int")
    #expect(findings.errors == ["3:19: a column of a composite primary key can't be optional"])
  }

  @Test func indexesNameColumns() throws {
    let findings = try Findings(
      """
      @Entity("a", indexes: .index("title", .descending("price")), .unique("bookID", "id"), .unique(names, "id"))
      final class A {
        @PrimaryKey var id: Int?
        var title: String
        var bookID: Int
      }
      """)
    #expect(
      findings.errors == [
        "1:51: there is no column 'price' in this class",
        "1:70: the column of the property 'bookID' is named 'book_id'",
      ])
    #expect(
      findings.fixed.hasPrefix(
        "@Entity(\"a\", indexes: .index(\"title\", .descending(\"price\")), .unique(\"book_id\", \"id\"),"))
  }

  @Test func foreignKeysNameColumns() throws {
    let findings = try Findings(
      """
      @Entity("a", foreignKeys: .foreignKey("zone", "id", references: "hosts", columns: ["x", "y"]))
      final class A {
        @PrimaryKey var id: Int?
      }
      """)
    #expect(findings.errors == ["1:39: there is no column 'zone' in this class"])
  }

  @Test(arguments: [".timestamp", ".softDelete", ".softDelete(.date)", "mine"])
  func anUnknownMixinIsRefused(mixin: String) throws {
    let findings = try Findings("@Entity(\"a\", mixins: \(mixin))\nfinal class A {\n  @PrimaryKey var id: Int?\n}")
    #expect(findings.errors == ["1:22: write the mixin as .timestamps, .softDelete(.id) or .softDelete(.flag)"])
  }

  @Test func aMixinAndAPropertyCannotHaveTheSameColumn() throws {
    let findings = try Findings(
      "@Entity(\"a\", mixins: .timestamps)\nfinal class A {\n  @PrimaryKey var id: Int?\n  var createdAt: Date?\n}")
    #expect(findings.errors == ["4:7: there are two columns named 'created_at'"])
  }

  @Test func columnsCannotBeConditional() throws {
    let findings = try Findings(
      members: "#if DEBUG\n  var a: Int\n  @Transient var b: Int = 0\n  var c: Int { 3 }\n#else\n  let d: Int\n#endif")
    #expect(
      findings.errors == [
        "5:3: a column can't stand in #if: the rows of a table have the same columns in every build",
        "9:3: a column can't stand in #if: the rows of a table have the same columns in every build",
      ])
  }

  @Test func errorsReachTheUserAndTheStateKeepsFollowingErrorsAway() {
    assertExpansion(
      """
      @Entity("a")
      final class A {
        @PrimaryKey var id: Int?
        var price = 0
      }
      """,
      """
      final class A {
        @Rome._Column(0) var id: Int?
        var price = 0

        let entityState: Rome.EntityState

        init(entityState: Rome.EntityState) {
          self.entityState = entityState
        }
      }
      """,
      diagnostics: [
        DiagnosticSpec(
          message: "write the type of the column: a macro can't infer it", line: 4, column: 7,
          fixIts: [FixItSpec(message: "write the type")])
      ],
      applyFixIts: ["write the type"],
      fixed: """
        @Entity("a")
        final class A {
          @PrimaryKey var id: Int?
          var price: Int = 0
        }
        """)
  }
}
