// SPDX-License-Identifier: Apache-2.0

import Rome

extension ConsolePool {
  /// The consoles of the pool.
  public static let consoles = NovaToMany<ConsolePool, Console>("consoles", ConsolePool.id, Console.poolID, .any)
}
