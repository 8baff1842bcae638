// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RomeMacros

@Suite struct PropertyProblemTests {
  @Test(arguments: [
    ("price = 0", "price: Int = 0"), ("price = -1", "price: Int = -1"), ("price = 1.5", "price: Double = 1.5"),
    ("title = \"\"", "title: String = \"\""), ("sold = false", "sold: Bool = false"),
    ("uuid = UUID()", "uuid: UUID = UUID()"), ("price = cheap", "price: <#type#> = cheap"),
    ("price = cheap()", "price: <#type#> = cheap()"),
  ])
  func aTypeIsNeeded(written: String, fixed: String) throws {
    let findings = try Findings(members: "  var \(written)")
    #expect(findings.errors == ["4:7: write the type of the column: a macro can't infer it"])
    #expect(findings.fixedMembers == "  var \(fixed)")
  }

  @Test func anImplicitlyUnwrappedColumnBecomesOptional() throws {
    let findings = try Findings(members: "  var price: Int!")
    #expect(findings.errors == ["4:14: a column can't be implicitly unwrapped: write '?'"])
    #expect(findings.fixedMembers == "  var price: Int?")
  }

  @Test func aConstantBecomesAVariable() throws {
    let findings = try Findings(members: "  public let price: Int")
    #expect(
      findings.errors == ["4:10: a column or relationship must be a 'var'; mark it @Transient if it is no column"])
    #expect(findings.fixedMembers == "  public var price: Int")
  }

  @Test(arguments: ["lazy", "weak", "unowned"])
  func aModifierThatNeedsStorageIsRefused(modifier: String) throws {
    let findings = try Findings(members: "  \(modifier) var price: Int?")
    #expect(findings.errors == ["4:3: a column can't be '\(modifier)'; mark it @Transient if it is no column"])
  }

  @Test func observersAreRefused() throws {
    let findings = try Findings(members: "  var price: Int { didSet { print(price) } }")
    #expect(
      findings.errors == [
        "4:18: a column can't have observers: it is stored in the row; mark it @Transient if it is no column"
      ])
  }

  @Test(arguments: ["@Published", "@Combine.Published", "@State(3)"])
  func propertyWrappersAreRefused(attribute: String) throws {
    let findings = try Findings(members: "  \(attribute) var price: Int")
    let name = attribute.contains("Published") ? "Published" : "State"
    #expect(
      findings.errors == [
        "4:3: a column can't have @\(name): property wrappers and other macros would take the place of the column; mark it "
          + "@Transient if it is no column"
      ])
  }

  @Test func attributesOfTheCompilerAreAllowed() throws {
    #expect(try Findings(members: "  @available(macOS 15, *) @inline(never) var price: Int").errors.isEmpty)
  }

  @Test func oneDeclarationIsOneProperty() throws {
    #expect(try Findings(members: "  var a: Int, b: Int").errors == ["4:7: declare one property a line"])
  }

  @Test func tuplesAreRefused() throws {
    #expect(
      try Findings(members: "  var (a, b): (Int, Int)").errors == [
        "4:7: a column needs a name of its own: tuples can't be columns"
      ])
  }

  @Test(arguments: [
    "static var a: Int = 0", "class var a: Int { 3 }", "var a: Int { 3 }", "var a: Int { get { 3 } set {} }",
  ])
  func staticAndComputedPropertiesAreIgnoredUnlessTheyAreMarked(property: String) throws {
    #expect(try Findings(members: "  " + property).errors.isEmpty)
    #expect(
      try Findings(members: "  @Indexed " + property).errors == ["4:3: @Indexed is for stored properties of the class"])
  }

  @Test(arguments: ["private var a: Int", "public private(set) var a: Int", "fileprivate var a: Int?"])
  func everyAccessIsAllowed(property: String) throws {
    #expect(try Findings(members: "  " + property).errors.isEmpty)
  }

  @Test func transientPropertiesNeedAValue() throws {
    let message = "a @Transient property needs an initial value"
    #expect(try Findings(members: "  @Transient var a: Int").errors == ["4:18: \(message)"])
    #expect(try Findings(members: "  @Transient let a: Int?").errors == ["4:18: \(message)"])
    for property in ["var a: Int?", "var a = 3", "let a = 3", "lazy var a = 3", "var a: Int { 3 }", "static let a = 3"]
    {
      #expect(try Findings(members: "  @Transient " + property).errors.isEmpty)
    }
    #expect(try Findings(members: "  @Transient @Published var a = 3").errors.isEmpty)
  }

  @Test(arguments: [
    "entityState", "schema", "snapshot", "tableName", "columnNames", "toDictionary", "`self`", "`Type`",
  ])
  func namesOfTheEntityAreReserved(name: String) throws {
    let plain = name.filter { $0 != "`" }
    #expect(
      try Findings(members: "  @Column(\"x\") var \(name): Int").errors == [
        "4:20: '\(plain)' is a member of every entity: choose another name, and keep the column's with @Column"
      ])
  }

  @Test(arguments: ["@Column(\"\")", "@Column(name)", "@Column(\"a\\(b)\")"])
  func aColumnIsNamedByALiteral(attribute: String) throws {
    #expect(
      try Findings(members: "  \(attribute) var a: Int").errors == [
        "4:3: write the name of the column as a string literal that is not empty"
      ])
  }

  @Test func twoColumnsCannotHaveTheSameName() throws {
    let message = "there are two columns named 'a_b'"
    #expect(try Findings(members: "  var aB: Int\n  @Column(\"a_b\") var c: Int").errors == ["5:22: \(message)"])
  }

  @Test(arguments: ["PrimaryKey", "Indexed", "Unique", "References(A.self)"])
  func jsonCannotBeIndexed(attribute: String) throws {
    let name = attribute.prefix { $0 != "(" }
    for type in ["JSON<[Int]>", "JSON<[Int]>?", "Rome.JSON<Labels>", "Optional<JSON<Labels>>"] {
      let errors = try Findings(members: "  @\(attribute) var a: \(type)").errors
      #expect(errors.first == "4:3: a JSON column can't have @\(name): JSON has no order")
    }
  }

  @Test func aReferenceNamesAnEntity() throws {
    for argument in ["author", "\"authors\"", "Author"] {
      #expect(
        try Findings(members: "  @References(\(argument)) var a: Int?").errors == [
          "4:3: write the entity that it refers to as Author.self"
        ])
    }
    #expect(try Findings(members: "  @References(Library.Author.self) var a: Int?").errors.isEmpty)
  }

  @Test func settingNullNeedsAnOptionalColumn() throws {
    let findings = try Findings(members: "  @References(A.self, onDelete: .setNull) var a: Int")
    #expect(findings.errors == ["4:50: onDelete: .setNull needs an optional column"])
    #expect(findings.fixedMembers == "  @References(A.self, onDelete: .setNull) var a: Int?")
  }

  @Test(arguments: [
    ("CreatedAt", "String", "Date or Date?"), ("UpdatedAt", "Int", "Date or Date?"), ("DeletedAt", "Date", "Date?"),
    ("Deleted", "Bool?", "Bool or an integer"), ("Deleted", "String", "Bool or an integer"),
  ])
  func aRoleNeedsItsType(attribute: String, type: String, expected: String) throws {
    let errors = try Findings(members: "  @\(attribute) var a: \(type)").errors
    #expect(errors == ["4:\(attribute.count + 12): a column with @\(attribute) is of type \(expected)"])
  }
}
