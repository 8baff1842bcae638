// SPDX-License-Identifier: Apache-2.0

public import HTTPService
public import RomeGlance
import Rome

/// Glance's registry without its transport: lists of commands in, lists of results out.
///
/// The commands of a request run one after the other, each on its own; one that fails has an error in its place of the
/// results, and the next ones still run.
public struct Registry: Sendable {
  private let glance: GlanceDatabase
  private let table: CommandTable

  /// What became of a request, as an answer and for the log.
  public struct Answer: Sendable {
    /// The results as JSON in UTF-8.
    public var body: [UInt8]
    /// The names of the commands, in order.
    public var commands: [String]
    /// How many of them failed.
    public var errors: Int
  }

  /// Makes a registry.
  ///
  /// - Parameters:
  ///   - glance: What the commands work on.
  ///   - testMode: Whether there is a command `reset`, which empties the database. It takes a database that can be reset.
  public init(_ glance: GlanceDatabase, testMode: Bool = false) {
    self.glance = glance
    table = CommandTable(testMode: testMode)
  }

  /// The store that the commands work on now.
  var store: any Store { glance.store }

  /// The names of the commands, in order.
  public var commandNames: [String] { table.names }

  /// Runs the commands of a request.
  ///
  /// - Parameters:
  ///   - body: The body of the request: a JSON array of commands.
  ///   - context: Who asks.
  /// - Returns: The results.
  /// - Throws: ``HTTPRefusal`` when the body is malformed or names an unknown command. Then nothing has run.
  public func answer(_ body: [UInt8], for context: GlanceContext) async throws(HTTPRefusal) -> Answer {
    let request = try CommandRequest(body, table: table)
    var results: [GlanceValue] = []
    var errors = 0
    for item in request.items {
      do throws(GlanceError) {
        guard let arguments = item.arguments else {
          throw GlanceError(.typeError, "\(item.command.name)() argument after ** must be a mapping")
        }
        results.append(try await item.command.call(arguments, by: context, on: glance))
      } catch {
        errors += 1
        results.append(["_error": ["cls": .string(error.code.className), "val": .string(error.message)]])
      }
    }
    return Answer(
      body: GlanceValue.array(results).json, commands: request.items.map(\.command.name), errors: errors)
  }
}
