// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

/// How long a transaction waits before it is run again.
@Suite struct RetryPolicyTests {
  @Test func `the wait is bounded by what the attempt took, doubled with each further one`() {
    let policy = RetryPolicy()
    #expect(policy.longestDelay(afterAttempt: 1, lasting: .microseconds(50)) == .microseconds(50))
    #expect(policy.longestDelay(afterAttempt: 4, lasting: .microseconds(50)) == .microseconds(400))
  }

  @Test func `a long attempt waits no longer than the policy says`() {
    let policy = RetryPolicy(firstDelay: .milliseconds(2), maximumDelay: .milliseconds(10))
    #expect(policy.longestDelay(afterAttempt: 1, lasting: .seconds(3)) == .milliseconds(2))
    #expect(policy.longestDelay(afterAttempt: 2, lasting: .seconds(3)) == .milliseconds(4))
    #expect(policy.longestDelay(afterAttempt: 64, lasting: .seconds(3)) == .milliseconds(10))
  }

  @Test func `waits are random parts of the longest one, so that who met does not meet again`() {
    let policy = RetryPolicy()
    let waits = (0..<100).map { _ in policy.delay(afterAttempt: 3, lasting: .microseconds(100)) }
    #expect(Set(waits).count > 50)
    #expect(waits.allSatisfy { $0 >= .zero && $0 <= .microseconds(400) })
  }

  @Test func `a policy without a first delay does not wait`() {
    #expect(RetryPolicy(firstDelay: .zero).delay(afterAttempt: 9, lasting: .seconds(1)) == .zero)
  }
}
