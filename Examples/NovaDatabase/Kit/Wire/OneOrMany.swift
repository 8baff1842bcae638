// SPDX-License-Identifier: Apache-2.0

import RomeNova

/// Texts, of which a caller may pass one alone without a list.
struct OneOrMany: WireArgument {
  /// The texts.
  let values: [String]
  /// Whether it is one alone.
  let isOne: Bool

  init(wire: WireValue) throws(NovaError) {
    isOne = wire.elements == nil
    values = isOne ? [try String(wire: wire)] : try [String](wire: wire)
  }
}
