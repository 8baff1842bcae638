// SPDX-License-Identifier: Apache-2.0

import HTTPService
import RomeGlance

/// The commands of one request, all of them checked before the first one runs.
struct CommandRequest: Sendable {
  /// A command with its arguments.
  struct Item: Sendable {
    let command: Command
    /// The arguments; nil when the request says so by something that is neither an object nor absent, such as null.
    let arguments: [String: GlanceValue]?
  }

  let items: [Item]

  /// Reads the body of a request.
  ///
  /// - Parameters:
  ///   - body: The body.
  ///   - table: The commands that there are.
  /// - Throws: ``HTTPRefusal`` when the body is no list of commands, or one of them is unknown.
  init(_ body: [UInt8], table: CommandTable) throws(HTTPRefusal) {
    guard let elements = try GlanceValue(json: body).arrayValue else {
      throw HTTPRefusal(.badRequest, "Request must be a list of commands")
    }
    var items: [Item] = []
    for (index, element) in elements.enumerated() {
      items.append(try Self.item(element, index: index, table: table))
    }
    self.items = items
  }

  private static func item(_ element: GlanceValue, index: Int, table: CommandTable) throws(HTTPRefusal) -> Item {
    guard let members = element.objectValue else {
      throw HTTPRefusal(.badRequest, "Bad Command: element \(index) is not an object")
    }
    guard let name = members["command"]?.stringValue, !name.isEmpty else {
      throw HTTPRefusal(.badRequest, "Wrong command structure: element \(index) has no name of a command")
    }
    let arguments = members["kwargs"] ?? [:]
    if arguments.objectValue == nil, arguments.isTrue {
      throw HTTPRefusal(.badRequest, "Wrong command structure: the kwargs of element \(index) are not an object")
    }
    guard let command = table[name] else { throw HTTPRefusal(.notFound, "Command not found") }
    return Item(command: command, arguments: arguments.objectValue)
  }
}

extension GlanceValue {
  /// Whether Python takes the value for true.
  var isTrue: Bool {
    switch self {
    case .null: false
    case .bool(let value): value
    case .int(let number): number != 0
    case .double(let number): number != 0
    case .string(let text): !text.isEmpty
    case .array(let elements): !elements.isEmpty
    case .object(let members): !members.isEmpty
    case .date: true
    }
  }
}
