// SPDX-License-Identifier: Apache-2.0

import Rome

extension Console {
  /// The pool that the console is of.
  public static let pool = NovaToOne<Console, ConsolePool>("pool", Console.poolID, ConsolePool.id, .any)
}
