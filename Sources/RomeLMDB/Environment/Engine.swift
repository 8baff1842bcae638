// SPDX-License-Identifier: Apache-2.0

import Rome
import Synchronization

/// An open file and its writer, which all stores of the process on that file share: LMDB forbids to open a file twice, because
/// closing one of two drops the locks of both.
final class Engine: Sendable {
  let environment: Environment
  let writer: Writer

  private init(_ environment: Environment) {
    self.environment = environment
    writer = Writer(environment)
  }

  deinit {
    // Who waits for a request holds the engine, so there is none left.
    writer.closeAndWait()
  }

  /// The engine of a file: the one that is open already, or a new one.
  static func open(_ configuration: LMDBConfiguration) throws(StoreError) -> Engine {
    let place = FilePlace(configuration.path)
    return try OpenFiles.shared.engine(place, configuration.path) { () throws(StoreError) in
      Engine(try Environment(configuration, at: place))
    }
  }
}
