// SPDX-License-Identifier: Apache-2.0

/// The commands that a registry knows.
struct CommandTable: Sendable {
  private let commands: [String: Command]

  /// The commands of Glance's registry.
  ///
  /// - Parameter testMode: Whether `reset` is one of them.
  init(testMode: Bool) {
    var all = Self.all
    if testMode { all += Command.testMode }
    commands = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The command of a name.
  subscript(name: String) -> Command? { commands[name] }

  /// The names of all commands, in order.
  var names: [String] { commands.keys.sorted() }

  /// The commands of all domains.
  static var all: [Command] {
    [
      Command.images, Command.imageRights, Command.locations, Command.properties, Command.tags, Command.members,
      Command.quota, Command.tasks, Command.metadefNamespaces, Command.metadefObjects, Command.metadefProperties,
      Command.metadefTags, Command.metadefResourceTypes, Command.metadefAssociations, Command.maintenance,
    ].flatMap { $0 }
  }
}
