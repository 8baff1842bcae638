// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CloudKit
import ExampleSupport
import Rome
import RomeNova

/// A day of a small cloud, told by the functions of Nova's database.
@main
struct CloudStory: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "A day of a small cloud: servers are started, listed and deleted by Nova's database functions.")

  @OptionGroup var options: StoreOptions

  func run() async throws {
    try await options.withStore(of: "cloud", erasing: true) { store in
      let story = Story(NovaDatabase(store))
      let cloud = try await story.open()
      try await story.startServers(in: cloud)
      try await story.list(cloud)
      try await story.explainHiddenQueries(of: cloud)
      try await story.delete(from: cloud)
      try await story.cleanUp()
    }
  }
}
