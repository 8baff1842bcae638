// SPDX-License-Identifier: Apache-2.0

import RomeGlance

extension Command {
  /// What only a server in test mode knows.
  static let testMode: [Command] = [
    Command("reset") { call in
      try await call.glance.reset()
      return .null
    }
  ]
}
