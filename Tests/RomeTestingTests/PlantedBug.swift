// SPDX-License-Identifier: Apache-2.0

/// A mistake that a store adapter could make.
enum PlantedBug: String, CaseIterable, Sendable {
  // Checks
  case ignoresVersions, ignoresAbsence, ignoresExistence, ignoresRanges, comparesOnlyRangeCounts
  case comparesOnlyRangeEnds, ignoresCounts, countsAtMost, reportsLastFailingCheck, trustsSnapshotHint
  // Commits
  case advancesSequencesDespiteConflict, writesEntriesDespiteConflict, commitsInTwoSteps, deletesLast
  case checksAndWritesApart, skipsUnchangedRows, claimsMoreDurability
  // Commit ids
  case forgetsCommitIDs, resolvesAllAsNotCommitted, resolvesUnknownAsForgotten, acceptsResolvedCommits
  case resolvesWithOtherReceipt
  // Versions
  case restartsVersions, wrapsVersions
  // Reads
  case dropsDuplicates, sortsAddresses, hidesEmptyRows
  // Scans
  case ignoresDirection, limitsTheWrongEnd, includesUpperBound, excludesLowerBound, neverTruncates, cutsPages
  case countsUpToLimit, dropsDanglingEntries, losesColumnLengths, ignoresLimit, answersOnlyFirstScan
  case invertedRangeIsAll
  // Keys
  case endsKeysAtZero, ordersSignedBytes, mixesSpaces, comparesKeysWithoutCase
  // Sequences
  case repeatsLastID, racesForIDs, ignoresAdvance, advancesBackwards, startsAtZero, wrapsSequences
  // Snapshots, limits, cancellation
  case snapshotFollows, snapshotReadsFollow, snapshotCountsFollow, ignoresKeyLimit, ignoresRowLimit
  case ignoresCommitLimit, ignoresCancellation, reportsOtherError
  // Leases
  case grantsHeldLocks, mixesLockNames, forgetsClaimants, doesNotRenewForClaimants, jumpsQueue, reordersQueue
  case queuesWithoutPatience, keepsPlaces, ignoresExpiry, revivesExpiredLeases, ignoresRenewal, renewsAnyToken
  case onlyExtendsLeases, releasesAnyToken, releasesTwice, ignoresWithdrawal, withdrawsAnybody, keepsWithdrawnLeases
  case reusesTokens, countsTokensPerLock, acceptsEmptyLeases, ignoresLeaseChecks, comparesOnlyTokensOfLeases
  case checksOnlyThatLocksAreHeld, acceptsGreaterTokens, checksExpiredLeases, trustsSnapshotsOfLeases
  case racesForLeases, ignoresCancellationOfLeases, refusesReleaseWhenCancelled
}

extension PlantedBug {
  /// Cases of the suite of which at least one must find the bug: those that are about it, so that the suite is shown to
  /// see it where it says, not by chance elsewhere.
  var foundBy: Set<String> {
    switch self {
    case .ignoresVersions, .ignoresAbsence: ["check row"]
    case .ignoresExistence: ["check exists"]
    case .ignoresRanges, .comparesOnlyRangeCounts, .comparesOnlyRangeEnds: ["check range"]
    case .ignoresCounts, .countsAtMost: ["check count"]
    case .reportsLastFailingCheck: ["first failing check"]
    case .trustsSnapshotHint: ["snapshot of a commit"]
    case .advancesSequencesDespiteConflict, .writesEntriesDespiteConflict: ["all or nothing"]
    case .commitsInTwoSteps: ["commit whole"]
    case .checksAndWritesApart: ["counter race"]
    case .deletesLast: ["write order"]
    case .skipsUnchangedRows: ["versions grow"]
    case .claimsMoreDurability: ["commit whole"]
    case .forgetsCommitIDs: ["commit twice"]
    case .resolvesAllAsNotCommitted, .resolvesWithOtherReceipt: ["resolve committed"]
    case .resolvesUnknownAsForgotten, .acceptsResolvedCommits: ["resolve not committed"]
    case .restartsVersions, .wrapsVersions: ["versions never repeat"]
    case .dropsDuplicates: ["read duplicates"]
    case .sortsAddresses: ["read order"]
    case .hidesEmptyRows: ["binary rows"]
    case .ignoresDirection: ["scan order"]
    case .limitsTheWrongEnd, .ignoresLimit: ["page limit"]
    case .includesUpperBound, .excludesLowerBound: ["scan bounds"]
    case .neverTruncates: ["page limit"]
    case .cutsPages: ["page without limit"]
    case .countsUpToLimit: ["scan count"]
    case .dropsDanglingEntries: ["scan rows"]
    case .losesColumnLengths: ["scan columns"]
    case .answersOnlyFirstScan: ["scan several"]
    case .invertedRangeIsAll: ["scan nothing"]
    case .endsKeysAtZero, .ordersSignedBytes, .comparesKeysWithoutCase: ["binary keys"]
    case .mixesSpaces: ["key spaces"]
    case .repeatsLastID, .startsAtZero: ["sequence numbers"]
    case .racesForIDs: ["sequence race"]
    case .ignoresAdvance, .advancesBackwards: ["sequence advance"]
    case .wrapsSequences: ["sequence end"]
    case .snapshotFollows, .snapshotReadsFollow, .snapshotCountsFollow: ["snapshot frozen"]
    case .ignoresKeyLimit: ["key limit"]
    case .ignoresRowLimit: ["row limit"]
    case .ignoresCommitLimit: ["commit limit"]
    case .ignoresCancellation: ["cancelled commit"]
    case .reportsOtherError: ["resolve not committed"]
    case .grantsHeldLocks, .mixesLockNames: ["lease grant"]
    case .forgetsClaimants, .doesNotRenewForClaimants: ["lease claimant"]
    case .reordersQueue: ["lease queue"]
    case .jumpsQueue: ["lease queue", "lease expiry with a queue"]
    case .queuesWithoutPatience: ["lease without patience"]
    case .keepsPlaces: ["lease patience"]
    case .ignoresExpiry: ["lease expiry"]
    case .revivesExpiredLeases: ["lease expiry"]
    case .ignoresRenewal, .renewsAnyToken, .onlyExtendsLeases: ["lease renewal"]
    case .releasesAnyToken, .releasesTwice: ["lease release"]
    case .ignoresWithdrawal, .withdrawsAnybody, .keepsWithdrawnLeases: ["lease withdrawal"]
    case .reusesTokens, .countsTokensPerLock: ["lease tokens"]
    case .acceptsEmptyLeases: ["lease refusals"]
    case .ignoresLeaseChecks: ["check lease", "check lease, all or nothing", "paused holder"]
    case .comparesOnlyTokensOfLeases, .checksOnlyThatLocksAreHeld, .acceptsGreaterTokens: ["check lease"]
    case .checksExpiredLeases: ["check lease"]
    case .trustsSnapshotsOfLeases: ["check lease of a snapshot"]
    case .racesForLeases: ["lease race"]
    case .ignoresCancellationOfLeases, .refusesReleaseWhenCancelled: ["cancelled lease calls"]
    }
  }
}
