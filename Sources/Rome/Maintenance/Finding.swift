// SPDX-License-Identifier: Apache-2.0

/// A problem with what proves it, and what would mend it.
struct Finding {
  let problem: VerificationReport.Problem
  /// What holds in the store as long as the problem is there.
  let evidence: [Check]
  /// What mends it, provided that the evidence and the conditions hold; empty when Rome can't know what is right.
  let remedy: [Write]
  /// What must hold beside the evidence, so that mending breaks nothing else.
  let conditions: [Check]
  /// What the store mends itself; nil for what a commit does.
  var layoutProblem: LayoutProblem? = nil
}
