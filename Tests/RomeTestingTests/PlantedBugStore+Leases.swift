// SPDX-License-Identifier: Apache-2.0

import Rome

extension PlantedBugStore {
  func acquireLease(_ request: LeaseRequest) async throws(StoreError) -> LeaseAnswer {
    try await base.acquireLease(request)
  }

  func renewLease(_ name: String, token: FencingToken, duration: Duration) async throws(StoreError) -> Bool {
    try await base.renewLease(name, token: token, duration: duration)
  }

  func releaseLease(_ name: String, token: FencingToken) async throws(StoreError) -> Bool {
    try await base.releaseLease(name, token: token)
  }

  func withdrawLease(_ name: String, claimant: LeaseClaimant) async throws(StoreError) {
    try await base.withdrawLease(name, claimant: claimant)
  }
}
