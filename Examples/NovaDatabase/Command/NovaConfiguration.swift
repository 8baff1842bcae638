// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
public import RomeNova

/// The options of Nova's configuration that change what the functions do. Clients can't set them but in test mode.
struct NovaConfiguration: ParsableArguments {
  @Option(help: "Whose release the functions behave as: \(Self.names(NovaRelease.self)).")
  var release = NovaRelease.ocata

  @Option(help: "enable_new_services: whether a new service is enabled.")
  var enableNewServices = true

  @Option(help: "osapi_compute_unique_server_name_scope: where the name of a host is unique: none, project or global.")
  var uniqueServerNameScope = UniqueNames.none

  @Option(help: "instance_name_template: how the name of an instance is made.")
  var instanceNameTemplate = NovaOptions().instanceNameTemplate

  @Option(help: "volume_name_template: how the name of a volume is made.")
  var volumeNameTemplate = NovaOptions().volumeNameTemplate

  @Option(help: "quota.until_refresh: after how many reservations a usage is counted again; 0 for never.")
  var untilRefresh = 0

  /// Where names are unique, as an argument.
  enum UniqueNames: String, ExpressibleByArgument, CaseIterable {
    case none
    case project
    case global
  }

  /// The options.
  var options: NovaOptions {
    var options = NovaOptions()
    options.release = release
    options.enablesNewServices = enableNewServices
    options.uniqueServerNameScope =
      switch uniqueServerNameScope {
      case .none: .none
      case .project: .project
      case .global: .global
      }
    options.instanceNameTemplate = instanceNameTemplate
    options.volumeNameTemplate = volumeNameTemplate
    options.untilRefresh = untilRefresh
    return options
  }

  func validate() throws {
    guard untilRefresh >= 0 else { throw ValidationError("The number of reservations can't be negative.") }
  }

  private static func names<T: CaseIterable & RawRepresentable<String>>(_ type: T.Type) -> String {
    T.allCases.map(\.rawValue).joined(separator: ", ")
  }
}

extension NovaRelease: ExpressibleByArgument {}
