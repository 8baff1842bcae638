// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RomeMacros

@Suite struct RelationshipProblemTests {
  private func members(_ relationship: String) -> String { "  var authorID: Int?\n  \(relationship)" }

  @Test func aToOneRelationshipIsOptional() throws {
    let findings = try Findings(members: members("@ToOne(\\Book.authorID) var author: Author"))
    #expect(findings.errors == ["5:38: a @ToOne relationship is optional: it can lead nowhere"])
    #expect(findings.fixedMembers == members("@ToOne(\\Book.authorID) var author: Author?"))
    #expect(try Findings(members: members("@ToOne(\\Book.authorID) var author: Optional<Author>")).errors.isEmpty)
  }

  @Test(arguments: [("Review", "[Review]"), ("Review?", "[Review]"), ("Set<Review>", "[Set<Review>]")])
  func aToManyRelationshipIsAnArray(type: String, fixed: String) throws {
    let findings = try Findings(members: members("@ToMany(\\Review.bookID) var reviews: \(type)"))
    #expect(findings.errors == ["5:40: a @ToMany relationship is an array of the entities that it leads to"])
    #expect(findings.fixedMembers == members("@ToMany(\\Review.bookID) var reviews: \(fixed)"))
    let many = try Findings(members: members("@ManyToMany(\\A.b, \\A.c) var reviews: \(type)"))
    #expect(many.errors == ["5:40: a @ManyToMany relationship is an array of the entities that it leads to"])
  }

  @Test(arguments: [
    "\\.authorID", "\"author_id\"", "Book.authorID", "\\Book.self", "\\Book.author?.id", "\\Book.list[0]",
    "\\Book.author.id",
  ])
  func aColumnIsAKeyPathWithItsClass(argument: String) throws {
    #expect(
      try Findings(members: members("@ToOne(\(argument)) var author: Author?")).errors == [
        "5:10: write the column of @ToOne as a key path with its class and one property, such as \\Book.authorID"
      ])
  }

  @Test func aToManyRelationshipNeedsAColumn() throws {
    #expect(
      try Findings(members: members("@ToMany var reviews: [Review]")).errors == [
        "5:3: write the column of @ToMany as a key path with its class and one property, such as \\Book.authorID"
      ])
  }

  @Test func classesCanBeNested() throws {
    #expect(try Findings(members: members("@ToMany(\\Library.Review.bookID) var a: [Library.Review]")).errors.isEmpty)
    #expect(try Findings(members: members("@ToOne(\\Library.Book.authorID) var a: Author?")).errors.isEmpty)
  }

  @Test func theKeyPathOfAToOneRelationshipStartsAtItsClass() throws {
    let findings = try Findings(members: members("@ToOne(\\Author.authorID) var author: Author?"))
    #expect(findings.errors == ["5:10: the key path of @ToOne starts at this class: \\Book.authorID"])
    #expect(findings.fixedMembers == members("@ToOne(\\Book.authorID) var author: Author?"))
  }

  @Test func theKeyPathOfAToOneRelationshipEndsAtAColumn() throws {
    #expect(
      try Findings(members: members("@ToOne(\\Book.writerID) var author: Author?")).errors == [
        "5:30: 'writerID' is no column of this class"
      ])
  }

  @Test(arguments: ["\\A.b", "\\A.b, \\A.c, \\A.d"])
  func aManyToManyRelationshipHasTwoColumns(arguments: String) throws {
    #expect(
      try Findings(members: members("@ManyToMany(\(arguments)) var a: [A]")).errors == [
        "5:3: write two columns of the connecting class: @ManyToMany(\\BookTag.bookID, \\BookTag.tagID)"
      ])
  }

  @Test func aRelationshipHasNoInitialValue() throws {
    #expect(
      try Findings(members: members("@ToMany(\\A.b) var a: [A] = []")).errors == [
        "5:28: a @ToMany relationship can't have an initial value: it is loaded"
      ])
  }

  @Test func aRelationshipIsAVariable() throws {
    #expect(
      try Findings(members: members("@ToMany(\\A.b) let a: [A]")).errors == [
        "5:17: a column or relationship must be a 'var'; mark it @Transient if it is no column"
      ])
  }
}
