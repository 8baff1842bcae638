// SPDX-License-Identifier: Apache-2.0

import CatalogKit
import Foundation
import Testing

@Suite struct StatusFileTests {
  @Test func foldedFieldsAreJoined() throws {
    let file = try ControlFile(
      name: "f",
      text: "Package: a\nConffiles:\n /etc/a 0123\n /etc/b 4567 obsolete\nDescription: one\n two\n .\n\tthree\n")
    let paragraph = try #require(file.paragraphs.first)
    #expect(file.paragraphs.count == 1)
    #expect(paragraph["conffiles"]?.value == "\n/etc/a 0123\n/etc/b 4567 obsolete")
    #expect(paragraph["Description"]?.value == "one\ntwo\n.\nthree")
    #expect(paragraph["Description"]?.line == 5)
    #expect(paragraph["Nothing"] == nil)
  }

  @Test(arguments: ["", "\n\n", "\n \n\t\n"])
  func aFileWithoutParagraphsIsEmpty(_ text: String) throws {
    #expect(try ControlFile(name: "f", text: text).paragraphs.isEmpty)
    #expect(try StatusFile(ControlFile(name: "f", text: text)).packages.isEmpty)
  }

  @Test func paragraphsAreSeparatedByAnyNumberOfEmptyLines() throws {
    let file = try ControlFile(name: "f", text: "\n\nA: 1\n\n \n\nB: 2\r\nC:3\r\n\r\nD: 4")
    #expect(
      file.paragraphs.map { $0.fields.map { "\($0.name)=\($0.value)@\($0.line)" } } == [
        ["A=1@3"], ["B=2@7", "C=3@8"], ["D=4@10"],
      ])
  }

  @Test(arguments: [
    ("Package: a\nno field\n", 2, "neither"),
    (": a\n", 1, "neither"),
    ("\n folded\n", 2, "continued"),
    ("Package: a\n\n folded\n", 3, "continued"),
    ("Package: a\nPackage: b\n", 2, "on line 1"),
    ("Package: a\nTwo words: b\n", 2, "blank"),
  ])
  func aBrokenFileNamesTheLine(_ text: String, _ line: Int, _ reason: String) {
    let error = #expect(throws: ControlFileError.self) { try ControlFile(name: "some/file", text: text) }
    #expect(error?.line == line)
    #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
    #expect(error?.description.hasPrefix("some/file:\(line): ") == true)
  }

  @Test(arguments: [
    ("Version: 1", "Version: 1 2", 5, "no version"),
    ("Version: 1", "", 1, "no field 'Version'"),
    ("Status: install ok installed", "Status: installed", 2, "three words"),
    ("Status: install ok installed", "", 1, "no field 'Status'"),
    ("Architecture: all", "", 1, "no field 'Architecture'"),
    ("Installed-Size: 7", "Installed-Size: many", 3, "KiB"),
    ("Installed-Size: 7", "Installed-Size: -1", 3, "KiB"),
    ("Depends: b", "Depends: b (> 1", 6, "not closed"),
    ("Depends: b", "Depends: b, , c | ", 6, "names no package"),
    ("Depends: b", "Depends: b (!= 1)", 6, "does not compare"),
    ("Depends: b", "Depends: b (>= 1_)", 6, "no version"),
    ("Depends: b", "Depends: b c", 6, "names no package"),
    ("Depends: b", "Depends: b (>= 1) c", 6, "behind its end"),
    ("Depends: b", "Provides: b | c", 6, "no name"),
    ("Depends: b", "Provides: b (>= 1)", 6, "no name"),
    ("Depends: b", "Multi-Arch: some", 6, "foreign"),
  ])
  func aBrokenPackageNamesTheLine(_ good: String, _ bad: String, _ line: Int, _ reason: String) throws {
    let text =
      "Package: a\nStatus: install ok installed\nInstalled-Size: 7\nArchitecture: all\nVersion: 1\nDepends: b\n"
    let broken = text.replacingOccurrences(of: good, with: bad).replacingOccurrences(of: "\n\n", with: "\n")
    try #require(broken != text)
    #expect(try StatusFile(ControlFile(name: "f", text: text)).packages.count == 1)
    let error = #expect(throws: ControlFileError.self) { try StatusFile(ControlFile(name: "f", text: broken)) }
    #expect(error?.line == line)
    #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
  }

  @Test func aPackageThatIsThereTwiceIsAnError() {
    let paragraph = "Package: a\nStatus: install ok installed\nArchitecture: all\nVersion: 1\n\n"
    let error = #expect(throws: ControlFileError.self) {
      try StatusFile(ControlFile(name: "f", text: paragraph + paragraph))
    }
    #expect(error?.description == "f:6: the package 'a:all' is there already, on line 1")
  }

  @Test func aMissingFileIsAnErrorThatNamesIt() {
    let error = #expect(throws: ControlFileError.self) { try StatusFile(path: "/nowhere/status") }
    #expect(error?.description.hasPrefix("/nowhere/status: the file can't be read") == true)
  }

  @Test func packagesThatAreNotInstalledAreLeftOut() throws {
    func paragraph(_ name: String, _ status: String) -> String {
      "Package: \(name)\nStatus: \(status)\nArchitecture: all\nVersion: 1\n\n"
    }
    let text =
      paragraph("a", "install ok installed") + paragraph("b", "deinstall ok config-files")
      + paragraph("c", "install reinstreq half-installed") + paragraph("d", "install ok triggers-pending")
      + "Package: e\nStatus: unknown ok not-installed\n"
    let file = try StatusFile(ControlFile(name: "f", text: text))
    #expect(file.packages.map(\.name) == ["a", "d"])
    #expect(file.notInstalled == 3)
  }

  @Test func relationsAreTakenApart() throws {
    let relations = try Relation.parse(
      .depends, "a,  b:any (>=1:2~) | c\n (<< 3)|d [amd64 i386] <!nocheck> <x>, e (> 1), f (= 2-1) [!armhf],")
    #expect(
      relations.map(\.text) == [
        "a", "b:any (>=1:2~) | c (<< 3)|d [amd64 i386] <!nocheck> <x>", "e (> 1)", "f (= 2-1) [!armhf]",
      ])
    #expect(relations.map(\.alternatives.count) == [1, 3, 1, 1])
    let all = relations.flatMap(\.alternatives)
    #expect(all.map(\.name) == ["a", "b", "c", "d", "e", "f"])
    #expect(all.map(\.qualifier) == [nil, "any", nil, nil, nil, nil])
    #expect(all.map(\.relation) == [nil, .laterOrEqual, .earlier, nil, .laterOrEqual, .equal])
    #expect(all.map(\.version?.text) == [nil, "1:2~", "3", nil, "1", "2-1"])
    #expect(all.map { $0.applies(to: "amd64") } == [true, true, true, true, true, true])
    #expect(all.map { $0.applies(to: "armhf") } == [true, true, true, false, true, false])
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/dpkg-query")))
  func dpkgReadsTheSame() throws {
    let format =
      "${db:Status-Status}\t${Package}\t${Architecture}\t${Version}\t${Section}\t${Installed-Size}\t${Maintainer}\n"
    let lines = try run("/usr/bin/dpkg-query", ["-W", "-f", format]).split(separator: "\n")
    let expected = lines.filter { $0.hasPrefix("installed\t") }.sorted()
    let ours = try StatusFile().packages.map { record in
      [
        "installed", record.name, record.architecture, record.version.text, record.section ?? "",
        record.installedSize.map(String.init) ?? "", record.maintainer ?? "",
      ].joined(separator: "\t")
    }
    #expect(ours.sorted() == expected.map(String.init))
  }
}
