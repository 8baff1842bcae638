// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RomeMacros

@Suite struct ContradictionTests {
  @Test(arguments: [
    ("PrimaryKey", "ToOne(\\Book.id)"), ("Indexed", "ToMany(\\A.b)"), ("Column(\"x\")", "ManyToMany(\\A.b, \\A.c)"),
    ("Transient", "PrimaryKey"), ("Transient", "Indexed"), ("ToOne(\\Book.id)", "Transient"),
    ("ToOne(\\Book.id)", "ToMany(\\A.b)"), ("CreatedAt", "UpdatedAt"), ("Deleted", "DeletedAt"), ("Indexed", "Indexed"),
    ("Unique", "Unique"),
  ])
  func twoAttributesContradictEachOther(first: String, second: String) throws {
    let names = [first, second].map { String($0.prefix { $0 != "(" }) }
    let errors = try Findings(members: "  @\(first) @\(second) var a: Int? = nil").errors
    #expect(errors.first == "4:\(first.count + 5): @\(names[0]) and @\(names[1]) contradict each other")
  }

  @Test func aSecondIndexIsSuperfluous() throws {
    #expect(
      try Findings(members: "  @Indexed @Unique var a: Int").errors == [
        "4:3: @Indexed is superfluous: @Unique has an index already"
      ])
    for attribute in ["Indexed", "Unique"] {
      let source = "@Entity(\"a\")\nfinal class A {\n  @PrimaryKey @\(attribute) var id: Int?\n}"
      #expect(
        try Findings(source).errors == [
          "3:\(21 + attribute.count): @\(attribute) is superfluous: @PrimaryKey has an index already"
        ])
    }
  }

  @Test func aColumnOfACompositeKeyCanHaveAnIndex() throws {
    let source = "@Entity(\"a\")\nfinal class A {\n  @PrimaryKey var a: Int\n  @PrimaryKey @Indexed var b: Int\n}"
    #expect(try Findings(source).errors.isEmpty)
  }
}
