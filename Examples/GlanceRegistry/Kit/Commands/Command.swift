// SPDX-License-Identifier: Apache-2.0

import RomeGlance

/// A function of Glance as the registry offers it: its name, the names of its arguments, and the call.
struct Command: Sendable {
  /// The name of the function in Glance.
  let name: String
  /// The arguments that a call must have, in the order of the function.
  let required: [String]
  /// The arguments that a call may have.
  let optional: Set<String>
  private let body: @Sendable (CommandCall) async throws -> GlanceValue

  /// Describes a command.
  ///
  /// - Parameters:
  ///   - name: The name of the function in Glance.
  ///   - required: The arguments that a call must have.
  ///   - optional: The arguments that a call may have. Every command takes a `session` beside them, and ignores it: Glance's
  ///     functions have one, which means nothing to a client.
  ///   - body: The call. Its failures are ``RomeGlance/GlanceError``.
  init(
    _ name: String, _ required: [String] = [], optional: [String] = [],
    body: @escaping @Sendable (CommandCall) async throws -> GlanceValue
  ) {
    self.name = name
    self.required = required
    self.optional = Set(optional).union(["session"])
    self.body = body
  }

  /// Calls the function.
  ///
  /// - Parameters:
  ///   - arguments: The arguments by name.
  ///   - context: The caller.
  ///   - glance: What the command works on.
  /// - Returns: The result as the registry answers it.
  /// - Throws: `typeError` for missing and unknown arguments; what the function throws.
  func call(
    _ arguments: [String: GlanceValue], by context: GlanceContext, on glance: GlanceDatabase
  ) async throws(GlanceError) -> GlanceValue {
    let unknown = arguments.keys.filter { !required.contains($0) && !optional.contains($0) }.min()
    if let unknown { throw GlanceError(.typeError, "\(name)() got an unexpected keyword argument '\(unknown)'") }
    let missing = required.filter { arguments[$0] == nil }
    if !missing.isEmpty {
      let names = missing.map { "'\($0)'" }.joined(separator: ", ")
      let noun = missing.count == 1 ? "argument" : "arguments"
      throw GlanceError(.typeError, "\(name)() missing \(missing.count) required positional \(noun): \(names)")
    }
    do {
      return try await body(CommandCall(glance: glance, context: context, arguments: arguments))
    } catch let error as GlanceError {
      throw error
    } catch is CancellationError {
      throw GlanceError(.rpc, "the request was cancelled")
    } catch {
      throw GlanceError(.rpc, "the registry failed")
    }
  }
}
