// SPDX-License-Identifier: Apache-2.0

import JSONService
import RomeNova

/// A function of Nova as the server offers it. Its parameters and its result are those of the Swift function, which says by
/// its types how they are read and written.
///
/// ```swift
/// Method("service_get_all_by_binary", NovaDatabase.serviceGetAllByBinary, "binary", .optional("include_disabled", false))
/// ```
struct Method: Sendable {
  /// The name of the function in Nova.
  let name: String
  private let body:
    @Sendable (NovaDatabase, NovaContext, ArgumentReader, WireEncoder) async throws(NovaError) -> JSONValue

  /// Describes a function.
  ///
  /// - Parameters:
  ///   - name: The name of the function in Nova.
  ///   - function: The function.
  ///   - parameters: Its parameters behind the context, in their order.
  ///   - form: The form of the rows that it answers.
  init<each P: WireArgument, R: WireAnswer>(
    _ name: String,
    _ function: @escaping @Sendable (NovaDatabase) -> (NovaContext, repeat each P) async throws(NovaError) -> R,
    _ parameters: repeat Parameter<each P>, answering form: WireEncoder.Form = .rows
  ) {
    self.name = name
    body = { database, context, arguments, encoder throws(NovaError) in
      let values = (repeat try arguments.next(each parameters))
      try arguments.finish()
      let result = try await function(database)(context, repeat each values)
      var encoder = encoder
      encoder.form = form
      return result.wire(encoder)
    }
  }

  /// Describes a function that answers nothing.
  init<each P: WireArgument>(
    _ name: String,
    _ function: @escaping @Sendable (NovaDatabase) -> (NovaContext, repeat each P) async throws(NovaError) -> Void,
    _ parameters: repeat Parameter<each P>
  ) {
    self.name = name
    body = { database, context, arguments, _ throws(NovaError) in
      let values = (repeat try arguments.next(each parameters))
      try arguments.finish()
      try await function(database)(context, repeat each values)
      return .null
    }
  }

  /// Calls the function.
  ///
  /// - Parameters:
  ///   - database: What it works on.
  ///   - context: Who calls.
  ///   - positional: The arguments in the order of the parameters.
  ///   - named: The arguments by name.
  /// - Returns: The result.
  /// - Throws: `typeError` for missing, unknown and mistyped arguments; what the function throws.
  func call(
    _ database: NovaDatabase, _ context: NovaContext, _ positional: [WireValue], _ named: [String: WireValue]
  ) async throws(NovaError) -> JSONValue {
    try await body(
      database, context, ArgumentReader(name, positional, named), WireEncoder(options: database.options))
  }
}

/// A parameter of a function: its names, and what it is when the caller leaves it out.
struct Parameter<T: WireArgument>: Sendable, ExpressibleByStringLiteral {
  /// The names by which callers may pass it, the usual one first.
  let names: [String]
  /// The value of a caller who leaves it out; nil when he can't.
  let fallback: T?

  /// A parameter that must be passed.
  init(stringLiteral value: String) {
    names = [value]
    fallback = nil
  }

  private init(names: [String], fallback: T?) {
    self.names = names
    self.fallback = fallback
  }

  /// A parameter that must be passed, under one of several names.
  static func named(_ names: String...) -> Parameter { Parameter(names: names, fallback: nil) }

  /// A parameter that can be left out.
  static func optional(_ names: String..., or fallback: T) -> Parameter { Parameter(names: names, fallback: fallback) }
}

/// Hands out the arguments of one call, parameter by parameter.
final class ArgumentReader {
  private let function: String
  private var positional: ArraySlice<WireValue>
  private var named: [String: WireValue]

  init(_ function: String, _ positional: [WireValue], _ named: [String: WireValue]) {
    self.function = function
    self.positional = positional[...]
    self.named = named
  }

  /// The argument of the next parameter.
  func next<T>(_ parameter: Parameter<T>) throws(NovaError) -> T {
    if let value = positional.popFirst() { return try T(wire: value) }
    for name in parameter.names {
      if let value = named.removeValue(forKey: name) { return try T(wire: value) }
    }
    if let fallback = parameter.fallback { return fallback }
    throw NovaError(.typeError, detail: "\(function)() missing the argument '\(parameter.names.first ?? "")'")
  }

  /// Checks that all arguments were taken.
  func finish() throws(NovaError) {
    if !positional.isEmpty { throw NovaError(.typeError, detail: "\(function)() takes fewer arguments") }
    if let name = named.keys.min() {
      throw NovaError(.typeError, detail: "\(function)() got an unexpected keyword argument '\(name)'")
    }
  }
}
