// SPDX-License-Identifier: Apache-2.0

/// A script that runs on the server. Its text is fixed: keys and data only ever come as its arguments.
enum RedisScript: Int, CaseIterable, Sendable {
  /// Checks all conditions of a commit, then makes its writes.
  case commit
  /// The same for a commit that only removes: it works while the server is out of memory, since it frees some.
  case removingCommit
  /// The same for a commit without writes: nothing is written, so a full server does not matter.
  case validation
  /// Finds out what became of a commit.
  case resolution
  /// Scans a range and fetches the rows that its entries point at.
  case rowScan
  /// Grants a lease, or puts the claimant into the queue.
  case acquisition
  /// Extends a lease that is held.
  case renewal
  /// Ends a lease that is held.
  case release
  /// Takes a claimant out of the queue, and ends its lease when it was granted one.
  case withdrawal
  /// Compares the rows of a table with its keys.
  case inspection
  /// Mends what the inspection has found.
  case mending
  /// Looks whether the user may do what the other scripts do, and which layout the keys have.
  case greeting

  /// The script in Lua. Its first line tells Redis when to refuse it before it starts: a script without flags is not
  /// started on a read-only server or on one that is out of memory, so it never fails half way for these reasons.
  var text: String {
    switch self {
    case .commit: "#!lua\n" + CommitScript.body
    case .removingCommit: "#!lua flags=allow-oom\n" + CommitScript.body
    case .validation: "#!lua flags=no-writes\n" + CommitScript.body
    case .resolution: "#!lua flags=allow-oom\n" + ResolutionScript.body
    case .rowScan: "#!lua flags=no-writes\n" + RowScanScript.body
    case .acquisition: "#!lua\n" + LeaseScripts.acquisition
    case .renewal: "#!lua flags=allow-oom\n" + LeaseScripts.renewal
    case .release: "#!lua flags=allow-oom\n" + LeaseScripts.release
    case .withdrawal: "#!lua flags=allow-oom\n" + LeaseScripts.withdrawal
    case .inspection: "#!lua flags=no-writes\n" + LayoutScripts.inspection
    case .mending: "#!lua\n" + LayoutScripts.mending
    case .greeting: "#!lua flags=no-writes\n" + GreetingScript.body
    }
  }
}

/// The names under which a server runs the scripts. They depend only on the texts, so they stay when it is restarted.
struct ScriptHashes: Sendable {
  private let hashes: [String]

  /// - Parameter hashes: The name of each script, in the order of their numbers.
  init?(_ hashes: [String]) {
    guard hashes.count == RedisScript.allCases.count else { return nil }
    self.hashes = hashes
  }

  subscript(script: RedisScript) -> String { hashes[script.rawValue] }
}
