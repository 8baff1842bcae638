// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A file in the syntax of Debian control files: paragraphs of fields, apart from each other by empty lines.
public struct ControlFile: Sendable {
  /// A field of a paragraph.
  public struct Field: Sendable {
    /// The name as it is written.
    public let name: String
    /// The value. The lines of a folded one are joined with newlines, without the blanks in front of them.
    public internal(set) var value: String
    /// The line of the file that the field begins on, counted from 1.
    public let line: Int
  }

  /// Fields that belong together.
  public struct Paragraph: Sendable {
    /// The fields in their order.
    public internal(set) var fields: [Field] = []

    /// The line of the file that the paragraph begins on, counted from 1.
    public var line: Int { fields.first?.line ?? 0 }

    /// A field by its name, whose letters may be small or capital ones.
    public subscript(name: String) -> Field? {
      fields.first { $0.name.caseInsensitiveCompare(name) == .orderedSame }
    }
  }

  /// The name of the file, for errors.
  public let name: String
  /// The paragraphs in their order.
  public let paragraphs: [Paragraph]

  /// Reads a file.
  ///
  /// - Parameter path: Where the file is.
  /// - Throws: ``ControlFileError`` when it can't be read, or is no control file.
  public init(path: String) throws(ControlFileError) {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw ControlFileError(file: path, line: nil, reason: "the file can't be read: \(error.localizedDescription)")
    }
    try self.init(name: path, bytes: Array(data))
  }

  /// Reads a text.
  ///
  /// - Parameters:
  ///   - name: The name of the file that the text is of, for errors.
  ///   - text: The text.
  /// - Throws: ``ControlFileError`` when it is no control file.
  public init(name: String, text: String) throws(ControlFileError) {
    try self.init(name: name, bytes: Array(text.utf8))
  }

  private init(name: String, bytes: [UInt8]) throws(ControlFileError) {
    var paragraphs: [Paragraph] = []
    var current = Paragraph()
    var number = 0
    for bytes in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      let isFolded = bytes.first.map(Self.isBlank) ?? false
      let line = Self.trimmed(bytes)
      if line.isEmpty {
        if !current.fields.isEmpty { paragraphs.append(current) }
        current = Paragraph()
      } else if isFolded {
        guard let last = current.fields.indices.last else {
          throw ControlFileError(file: name, line: number, reason: "a continued line, but no field before it")
        }
        current.fields[last].value += "\n" + line
      } else {
        try current.add(line, number, name)
      }
    }
    if !current.fields.isEmpty { paragraphs.append(current) }
    self.name = name
    self.paragraphs = paragraphs
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }

  /// The text of a line without blanks around it. Bytes that are no UTF-8 become replacement characters: dpkg takes them.
  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    var bytes = bytes.drop(while: isBlank)
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension ControlFile.Paragraph {
  fileprivate mutating func add(_ line: String, _ number: Int, _ file: String) throws(ControlFileError) {
    guard let colon = line.firstIndex(of: ":"), colon != line.startIndex else {
      throw ControlFileError(file: file, line: number, reason: "a line that is neither 'Name: value' nor continued")
    }
    let name = String(line[..<colon])
    if name.contains(where: \.isWhitespace) {
      throw ControlFileError(file: file, line: number, reason: "a blank in the name of a field")
    }
    if let first = self[name] {
      throw ControlFileError(
        file: file, line: number, reason: "the field '\(name)' is there already, on line \(first.line)")
    }
    let value = line[line.index(after: colon)...].drop(while: \.isWhitespace)
    fields.append(ControlFile.Field(name: name, value: String(value), line: number))
  }
}

/// What is wrong with a control file, and where.
public struct ControlFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name of the file.
  public let file: String
  /// The line, counted from 1; nil when it is the whole file.
  public let line: Int?
  /// What is wrong.
  public let reason: String

  /// `file:line: reason`, as compilers write it.
  public var description: String {
    if let line { "\(file):\(line): \(reason)" } else { "\(file): \(reason)" }
  }
}
