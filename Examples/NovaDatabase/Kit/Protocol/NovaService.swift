// SPDX-License-Identifier: Apache-2.0

public import JSONService
public import Rome
public import RomeNova
import Foundation

/// Nova's query set without its transport: a call as JSON in, a reply as JSON out.
public struct NovaService: Sendable {
  private let database: NovaDatabase
  private let table = MethodTable()
  private let testMode: Bool

  /// Makes a service.
  ///
  /// - Parameters:
  ///   - database: What the functions work on.
  ///   - testMode: Whether there is the method `$reset`, which empties the database, and whether callers may set the clock and
  ///     the options of their calls; else such calls are refused. It takes a database that can be reset.
  public init(_ database: NovaDatabase, testMode: Bool = false) {
    self.database = database
    self.testMode = testMode
  }

  /// The names of the functions, in order.
  public var methodNames: [String] { table.names }

  /// The store that the functions work on now.
  public var store: any Store { database.store }

  /// Whether there is a method of the name.
  public func knows(_ name: String) -> Bool { table[name] != nil || (testMode && name == "$reset") }

  /// Calls a function.
  ///
  /// - Parameter message: The message: `method`, `context`, `args`, `kwargs`, `config`, `now`.
  /// - Returns: The reply: `result`, or `error`.
  public func answer(_ message: JSONValue) async -> JSONValue {
    do throws(NovaError) {
      return ["result": try await call(message)]
    } catch {
      return ["error": Self.reply(error)]
    }
  }

  private func call(_ message: JSONValue) async throws(NovaError) -> JSONValue {
    guard let name = message["method"]?.stringValue else {
      throw NovaError(.typeError, detail: "the message names no method")
    }
    if name == "$reset", testMode {
      try await reset()
      return .null
    }
    guard let method = table[name] else { throw NovaError(.notImplementedError, detail: name) }
    var positional: [WireValue] = []
    for argument in message["args"]?.arrayValue ?? [] { positional.append(try WireValue(argument)) }
    var named: [String: WireValue] = [:]
    for (name, argument) in message["kwargs"]?.objectValue ?? [:] { named[name] = try WireValue(argument) }
    let context = try NovaContext(wire: try WireValue(message["context"] ?? .null))
    return try await method.call(try configured(message), context, positional, named)
  }

  /// Leaves what the schema migrations of the release leave.
  private func reset() async throws(NovaError) {
    try await database.reset()
    guard database.options.release == .mitaka else { return }
    do {
      try await DefaultFlavors.add(to: database.store)
    } catch {
      throw NovaError(.dbError, detail: "the flavors of a new database could not be written")
    }
  }

  /// The database with the options and the clock of a call. Who runs a server decides about both, unless it is for tests: a
  /// client that believes to have set one must learn that it has not.
  private func configured(_ message: JSONValue) throws(NovaError) -> NovaDatabase {
    let config = message["config"]?.objectValue ?? [:]
    let sets = !config.isEmpty || message["now"]?.isNull == false
    if sets, !testMode {
      throw NovaError(.valueError, detail: "'config' and 'now' of a message are for the test mode")
    }
    var database = database
    for (name, value) in config {
      database.options.set(name, try WireValue(value))
    }
    if let now = message["now"], !now.isNull {
      let date = try Date(wire: try WireValue(now))
      database.clock = { date }
    }
    return database
  }

  private static func reply(_ error: NovaError) -> JSONValue {
    let encoder = WireEncoder(options: NovaOptions())
    let module =
      switch error.code.origin {
      case .nova: "nova.exception"
      case .database: "oslo_db.exception"
      case .language: "builtins"
      }
    // Without a message the class writes its own from its fields.
    return [
      "type": .string(error.code.rawValue), "module": .string(module), "message": .string(error.detail ?? ""),
      // A text that is no number was no row's; the number that stands for it means nothing to the caller.
      "kwargs": .object(error.fields.mapValues { $0 == .int(Int64(Int.noRow)) ? .null : encoder.encode($0) }),
    ]
  }
}

extension NovaContext: WireArgument {
  /// Reads a context; null is a part of Nova itself.
  init(wire: WireValue) throws(NovaError) {
    guard let members = wire.members else {
      self = .admin
      return
    }
    let readDeleted: ReadDeleted =
      switch members["read_deleted"]?.text {
      case nil, "no": .no
      case "yes": .yes
      case "only": .only
      case let other?: throw NovaError(.valueError, detail: "Unrecognized read_deleted value '\(other)'")
      }
    self.init(
      userID: members["user_id"]?.text, projectID: members["project_id"]?.text,
      isAdmin: members["is_admin"]?.isTrue ?? false, readDeleted: readDeleted,
      roles: members["roles"]?.elements?.compactMap(\.text) ?? [], quotaClass: members["quota_class"]?.text,
      requestID: members["request_id"]?.text, remoteAddress: members["remote_address"]?.text)
  }
}

extension NovaOptions {
  /// Sets an option by its name in Nova's configuration. Others don't concern the functions.
  mutating func set(_ name: String, _ value: WireValue) {
    switch name {
    case "enable_new_services": enablesNewServices = value.isTrue
    case "osapi_compute_unique_server_name_scope":
      uniqueServerNameScope = value.text.flatMap { UniqueNameScope(rawValue: $0) } ?? .none
    case "instance_name_template": instanceNameTemplate = value.text ?? instanceNameTemplate
    case "volume_name_template": volumeNameTemplate = value.text ?? volumeNameTemplate
    case "default_ephemeral_format": defaultEphemeralFormat = value.text
    case "quota.until_refresh", "until_refresh": untilRefresh = value.integer.map { Int(clamping: $0) } ?? 0
    default: break
    }
  }
}
