// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The code of the articles is that of the tests in this folder, or in that of their module, so it compiles and does what it says.
@Suite struct DocumentedSnippetsTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let articles: [String] = {
    let catalogs = [
      "Sources/Rome/Rome.docc", "Sources/RomeRedis/RomeRedis.docc", "Sources/RomeTesting/RomeTesting.docc",
      "Sources/RomeGlance/RomeGlance.docc", "Sources/RomeLMDB/RomeLMDB.docc", "Sources/RomeNova/RomeNova.docc",
    ]
    let files = catalogs.flatMap { catalog in
      let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: catalog).path)) ?? []
      return names.filter { $0.hasSuffix(".md") }.map { "\(catalog)/\($0)" }
    }
    return files.sorted() + ["README.md"]
  }()

  @Test func theArticlesAreFound() {
    #expect(Self.articles.count > 10)
  }

  @Test(arguments: articles)
  func everySnippetIsPartOfATest(_ article: String) throws {
    let text = try String(contentsOf: Self.root.appending(path: article), encoding: .utf8)
    // The query sets have tests of their own.
    let querySet = ["RomeGlance", "RomeNova"].first { article.hasPrefix("Sources/\($0)/") }
    let folder = Self.root.appending(path: "Tests/\(querySet ?? "Rome")Tests/Documentation")
    let tests = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
      .map { Self.squeezed(try String(contentsOf: folder.appending(path: $0), encoding: .utf8)) }
    for snippet in Self.snippets(of: text) {
      let wanted = Self.squeezed(snippet)
      #expect(tests.contains { $0.contains(wanted) }, "no test has this code of \(article):\n\(snippet)")
    }
  }

  /// The blocks of Swift code and of text that programs print.
  private static func snippets(of article: String) -> [String] {
    var snippets: [String] = []
    var current: [Substring]?
    for line in article.split(separator: "\n", omittingEmptySubsequences: false) {
      if let lines = current {
        if line == "```" {
          snippets.append(lines.joined(separator: "\n"))
          current = nil
        } else {
          current = lines + [line]
        }
      } else if line == "```swift" || line == "```text" {
        current = []
      }
    }
    return snippets
  }

  /// The code without white space, which differs with the depth, without imports and without comments at the ends of lines.
  private static func squeezed(_ code: String) -> String {
    let lines = code.split(separator: "\n").filter { !$0.hasPrefix("import ") }.map { line in
      line.range(of: "//").map { line[..<$0.lowerBound] } ?? line
    }
    return String(lines.joined().filter { !$0.isWhitespace })
  }
}
