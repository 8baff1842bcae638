// SPDX-License-Identifier: Apache-2.0

import HTTPTestSupport
import JSONService
import NovaDatabaseKit
import Rome
import RomeNova

extension NovaService {
  /// Calls a function as an administrator, and returns its result.
  ///
  /// - Throws: ``WireError`` with what the reply says.
  func call(
    _ method: String, _ arguments: JSONValue..., named: [String: JSONValue] = [:], context: JSONValue = .admin,
    and members: [String: JSONValue] = [:]
  ) async throws -> JSONValue {
    var message: [String: JSONValue] = [
      "method": .string(method), "context": context, "args": .array(arguments), "kwargs": .object(named),
    ]
    message.merge(members) { $1 }
    let reply = await answer(.object(message))
    if let error = reply["error"] { throw WireError(error) }
    guard let result = reply["result"] else { throw WireError(["type": "no result"]) }
    return result
  }
}

/// An error as a reply has it.
struct WireError: Error, CustomStringConvertible {
  let type: String
  let message: String
  let fields: [String: JSONValue]

  init(_ json: JSONValue) {
    type = json["type"]?.stringValue ?? ""
    message = json["message"]?.stringValue ?? ""
    fields = json["kwargs"]?.objectValue ?? [:]
  }

  var description: String { "\(type): \(message) \(fields)" }
}

extension JSONValue {
  /// The context of an administrator.
  static let admin: JSONValue = ["user_id": "u", "project_id": "p", "is_admin": true, "read_deleted": "no"]

  /// The fields of a row.
  var fields: [String: JSONValue] { self["fields"]?.objectValue ?? [:] }
}

extension NovaService {
  /// A service over a new store in memory, in test mode.
  static func inTestMode(_ release: NovaRelease = .ocata) async throws -> NovaService {
    var options = NovaOptions()
    options.release = release
    return NovaService(try await NovaDatabase(options: options, resettable: { _, _ in MemoryStore() }), testMode: true)
  }
}
