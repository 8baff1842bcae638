// SPDX-License-Identifier: Apache-2.0

import Rome

extension ConformanceCase {
  /// Who gets a lock, and for how long.
  static let leases: [ConformanceCase] = [
    ConformanceCase("lease grant", "A lock has one holder, and locks of other names are others.") { probe in
      let store = probe.store
      let names = [
        "lock", "lock ", "Lock", "lock:1", "lock/1", "{lock}", "*", "\u{0}", "l\u{0}ck", "löck", "🔒", "\r\n",
      ]
      var tokens: [String: FencingToken] = [:]
      for name in names { tokens[name] = try await probe.granted(.random(), name) }
      probe.expectEqual(Set(tokens.values).count, names.count, "the number of tokens")
      for name in names {
        try await probe.expectBusy("a second claimant of '\(name)'", .random(), name, ahead: 1, patience: .zero)
        guard case .busy(_, let remaining) = try await probe.ask(.random(), name) else { continue }
        probe.expect(remaining > .seconds(60), "a lease of 600 s that was just granted has \(remaining) left")
      }
      for name in names {
        guard let token = tokens[name] else { continue }
        probe.expect(try await store.releaseLease(name, token: token), "'\(name)' was not held")
        try await probe.granted(.random(), name)
      }
      // A lock is no row and no sequence.
      probe.expectEqual(try await store.reserveIDs("lock", count: 1), 1...1, "the sequence of the same name")
      probe.expectEqual(try await probe.keys(.rows("lock")), [], "the table of the same name")
    },
    ConformanceCase("lease claimant", "To ask again with the same claimant gets the same lease, renewed.") { probe in
      let holder = LeaseClaimant.random()
      let token = try await probe.granted(holder)
      for _ in 0..<3 { probe.expectEqual(try await probe.granted(holder), token, "the token") }
      try await probe.expectBusy("another claimant", .random(), ahead: 1)
      probe.expectEqual(try await probe.granted(holder), token, "the token when others wait")
      let halves = [(holder.high, holder.low &+ 1), (holder.high &+ 1, holder.low), (holder.low, holder.high)]
      for (high, low) in halves {
        try await probe.expectBusy(
          "a similar claimant", LeaseClaimant(high: high, low: low), ahead: 2, patience: .zero)
      }
      let renewed = try await probe.prolonged("renewed") { claimant, token in
        try await probe.ask(claimant, "renewed") == .granted(token)
      }
      guard let renewed else { return probe.fail("a lease that is asked for again is another") }
      try await probe.waitOut(renewed.first)
      probe.expect(try await probe.isHeld(renewed.token, "renewed"), "to ask again has not renewed the lease")
    },
    ConformanceCase("lease queue", "A lock goes to those who wait in the order in which they first asked.") { probe in
      let holder = try await probe.granted(.random())
      let waiters = (0..<5).map { _ in LeaseClaimant.random() }
      for (position, waiter) in waiters.enumerated() {
        try await probe.expectBusy("waiter \(position)", waiter, ahead: position + 1)
      }
      var random = SeededGenerator(seed: probe.seed)
      for position in (0..<5).shuffled(using: &random) {
        try await probe.expectBusy("waiter \(position), again", waiters[position], ahead: position + 1)
      }
      try await probe.expectBusy("one who does not wait", .random(), ahead: 6, patience: .zero)
      var token = holder
      for turn in 0..<5 {
        probe.expect(try await probe.store.releaseLease("lock", token: token), "turn \(turn): the lock was not held")
        for position in (turn + 1..<5).reversed() {
          try await probe.expectBusy("turn \(turn), waiter \(position)", waiters[position], ahead: position - turn)
        }
        try await probe.expectBusy("turn \(turn): a newcomer", .random(), ahead: 5 - turn, patience: .zero)
        guard let next = try await probe.expectGranted("turn \(turn)", waiters[turn]) else { return }
        token = next
      }
      probe.expect(try await probe.store.releaseLease("lock", token: token), "the lock was not held at last")
      try await probe.granted(.random())
    },
    ConformanceCase("lease without patience", "Who asks without patience takes no place, and gives up one.") { probe in
      let holder = try await probe.granted(.random())
      try await probe.expectBusy("one who does not wait", .random(), ahead: 1, patience: .zero)
      let (first, second) = (LeaseClaimant.random(), LeaseClaimant.random())
      try await probe.expectBusy("the first who waits", first, ahead: 1)
      try await probe.expectBusy("the second who waits", second, ahead: 2)
      try await probe.expectBusy("the first, who gives up", first, ahead: 1, patience: .zero)
      try await probe.expectBusy("the second", second, ahead: 1)
      _ = try await probe.store.releaseLease("lock", token: holder)
      try await probe.expectBusy("the first, again", first, ahead: 1, patience: .zero)
      try await probe.expectGranted("the second", second)
    },
    ConformanceCase("lease patience", "Who does not go on asking loses the place in the queue.") { probe in
      let holder = try await probe.granted(.random())
      let (absent, present) = (LeaseClaimant.random(), LeaseClaimant.random())
      let short = Duration.milliseconds(50)
      // The second must queue while the first is there; on a slow machine the first may be gone by then.
      for _ in 0..<20 {
        try await probe.store.withdrawLease("lock", claimant: present)
        _ = try await probe.ask(absent, patience: short)
        if case .busy(ahead: 2, _) = try await probe.ask(present, patience: ConformanceProbe.long) { break }
      }
      try await probe.waitOut(short)
      try await probe.expectBusy("who has gone on asking", present, ahead: 1)
      try await probe.expectBusy("who comes back", absent, ahead: 2)
      _ = try await probe.store.releaseLease("lock", token: holder)
      try await probe.expectBusy("who comes back, again", absent, ahead: 1)
      try await probe.expectGranted("who has gone on asking", present)
      // Nobody is left to ask for the place that is kept here.
      let other = try await probe.granted(.random(), "other")
      _ = try await probe.ask(absent, "other", patience: short)
      _ = try await probe.store.releaseLease("other", token: other)
      try await probe.grantedAtLast(.random(), "other")
    },
    ConformanceCase("lease expiry", "A lease that is not renewed ends by itself, for good.") { probe in
      let store = probe.store
      let short = Duration.milliseconds(50)
      let first = try await probe.granted(.random(), for: short)
      let second = try await probe.grantedAtLast(.random())
      probe.expect(second > first, "the token \(second) came after \(first)")
      let stays = try await store.renewLease("lock", token: first, duration: short)
      probe.expect(!stays, "a lease that another one has followed was renewed")
      probe.expect(!(try await store.releaseLease("lock", token: first)), "it was released")
      probe.expect(try await probe.isHeld(second), "the lease of the second holder was ended by the first")
      // Nobody takes this one, and it is over all the same.
      let claimant = LeaseClaimant.random()
      let third = try await probe.granted(claimant, "other", for: short)
      try await probe.waitOut(short)
      probe.expect(!(try await probe.isHeld(third, "other")), "a lease that has expired passes the check of a commit")
      let isBack = try await store.renewLease("other", token: third, duration: ConformanceProbe.long)
      probe.expect(!isBack, "a lease that has expired was renewed")
      probe.expect(!(try await store.releaseLease("other", token: third)), "a lease that has expired was released")
      let fourth = try await probe.granted(claimant, "other")
      probe.expect(fourth > third, "the token \(fourth) of the same claimant came after \(third)")
    },
    ConformanceCase("lease expiry with a queue", "When a lease expires, the lock goes to the first who waits.") {
      probe in
      // On a slow machine the lease may be over before both have asked: then it begins anew with a longer one.
      for milliseconds in [100, 400, 1600] {
        let name = "lock \(milliseconds)"
        let (first, second) = (LeaseClaimant.random(), LeaseClaimant.random())
        try await probe.granted(.random(), name, for: .milliseconds(milliseconds))
        guard case .busy(ahead: 1, _) = try await probe.ask(first, name, patience: ConformanceProbe.long),
          case .busy(ahead: 2, _) = try await probe.ask(second, name, patience: ConformanceProbe.long)
        else { continue }
        try await probe.waitOut(.milliseconds(milliseconds))
        try await probe.expectBusy("the second", second, name, ahead: 1)
        try await probe.expectBusy("a newcomer", .random(), name, ahead: 2, patience: .zero)
        try await probe.expectGranted("the first", first, name)
        return
      }
      probe.fail("a lease of 1600 ms was over at once, or a place was not kept")
    },
    ConformanceCase("lease renewal", "A lease that is renewed lasts for the new duration from then on.") { probe in
      let store = probe.store
      let renewed = try await probe.prolonged("lock") { _, token in
        try await store.renewLease("lock", token: token, duration: ConformanceProbe.long)
      }
      guard let renewed else { return probe.fail("a lease that is held was not renewed") }
      try await probe.waitOut(renewed.first)
      probe.expect(try await probe.isHeld(renewed.token), "the renewed lease is over")
      try await probe.expectBusy("another claimant", .random(), ahead: 1, patience: .zero)
      for other in renewed.token.neighbours {
        let isRenewed = try await store.renewLease("lock", token: other, duration: .milliseconds(1))
        probe.expect(!isRenewed, "another token than that of the holder renews the lease")
      }
      let elsewhere = try await store.renewLease("other", token: renewed.token, duration: ConformanceProbe.long)
      probe.expect(!elsewhere, "a lock that nobody holds was renewed")
      try await probe.expectGranted("the lock that nobody holds", .random(), "other")
      let isShortened = try await store.renewLease("lock", token: renewed.token, duration: .milliseconds(50))
      probe.expect(isShortened, "a lease was not renewed for a shorter duration")
      try await probe.grantedAtLast(.random())
    },
    ConformanceCase("lease release", "A lease is released by its own token only, and once.") { probe in
      let store = probe.store
      let first = try await probe.granted(.random())
      for other in first.neighbours {
        probe.expect(!(try await store.releaseLease("lock", token: other)), "another token released the lease")
      }
      try await probe.expectBusy("a claimant of the lock", .random(), ahead: 1, patience: .zero)
      probe.expect(!(try await store.releaseLease("other", token: first)), "a lock that nobody holds was released")
      probe.expect(try await store.releaseLease("lock", token: first), "the lease was not released")
      probe.expect(!(try await store.releaseLease("lock", token: first)), "the lease was released twice")
      let isRenewed = try await store.renewLease("lock", token: first, duration: ConformanceProbe.long)
      probe.expect(!isRenewed, "a lease that was released was renewed")
      let second = try await probe.granted(.random())
      probe.expect(!(try await store.releaseLease("lock", token: first)), "an old token released the lease of another")
      probe.expect(try await probe.isHeld(second), "an old token ended the lease of another")
    },
    ConformanceCase("lease withdrawal", "Who withdraws leaves the queue, and lets go of a lease that was granted.") {
      probe in
      let store = probe.store
      let (holder, first, second) = (LeaseClaimant.random(), LeaseClaimant.random(), LeaseClaimant.random())
      try await store.withdrawLease("lock", claimant: first)
      let token = try await probe.granted(holder)
      try await probe.expectBusy("the first", first, ahead: 1)
      try await probe.expectBusy("the second", second, ahead: 2)
      try await store.withdrawLease("lock", claimant: .random())
      try await store.withdrawLease("other", claimant: holder)
      probe.expect(try await probe.isHeld(token), "somebody else has withdrawn, and the lease is over")
      try await store.withdrawLease("lock", claimant: first)
      try await probe.expectBusy("the second, when the first has left", second, ahead: 1)
      try await store.withdrawLease("lock", claimant: holder)
      probe.expect(!(try await probe.isHeld(token)), "the holder has withdrawn, and the lease goes on")
      try await probe.expectGranted("the second", second)
    },
    ConformanceCase("lease tokens", "Tokens grow with every lease of the store, and never come back.") { probe in
      var random = SeededGenerator(seed: probe.seed)
      var last: FencingToken?
      for step in 0..<60 {
        let name = "lock \(Int.random(in: 0..<4, using: &random))"
        let claimant = LeaseClaimant.random()
        let isShort = step % 20 == 19
        let token = try await probe.granted(claimant, name, for: isShort ? .milliseconds(50) : ConformanceProbe.long)
        if let last { probe.expect(token > last, "step \(step): the token \(token) came after \(last)") }
        last = token
        if isShort {
          try await probe.waitOut(.milliseconds(50))
          last = try await probe.granted(.random(), "behind the sentinel")
          _ = try await probe.store.releaseLease("behind the sentinel", token: last ?? token)
        } else if step % 2 == 0 {
          _ = try await probe.store.releaseLease(name, token: token)
        } else {
          try await probe.store.withdrawLease(name, claimant: claimant)
        }
      }
    },
    ConformanceCase("lease refusals", "A lock without a name and a lease that lasts no time are refused.") { probe in
      let store = probe.store
      let claimant = LeaseClaimant.random()
      let token = FencingToken(rawValue: 1)
      await probe.expectError(.refused, "no name") { try await probe.ask(claimant, "") }
      await probe.expectError(.refused, "to renew no name") {
        try await store.renewLease("", token: token, duration: .seconds(1))
      }
      await probe.expectError(.refused, "to release no name") { try await store.releaseLease("", token: token) }
      await probe.expectError(.refused, "to withdraw from no name") {
        try await store.withdrawLease("", claimant: claimant)
      }
      for duration in [Duration.zero, .nanoseconds(-1), .seconds(-1), .seconds(Int64.min)] {
        await probe.expectError(.refused, "\(duration)") { try await probe.ask(claimant, for: duration) }
        await probe.expectError(.refused, "to renew for \(duration)") {
          try await store.renewLease("lock", token: token, duration: duration)
        }
      }
      let long = try await probe.granted(claimant, for: .seconds(Int64.max))
      probe.expect(try await probe.isHeld(long), "a lease that lasts longer than any clock is over")
      _ = try await probe.ask(.random(), patience: .seconds(Int64.max))
      _ = try await probe.ask(.random(), patience: .seconds(Int64.min))
      let brief = try await probe.granted(.random(), "brief", for: .nanoseconds(1))
      try await probe.grantedAtLast(.random(), "brief")
      probe.expect(!(try await probe.isHeld(brief, "brief")), "a lease of a nanosecond goes on")
    },
  ]
}
