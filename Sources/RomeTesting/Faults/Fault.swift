// SPDX-License-Identifier: Apache-2.0

public import Rome

/// What a ``FaultyStore`` does to a call.
public enum Fault: Sendable, Hashable {
  /// The store refuses: the call throws this error and has no effect.
  case refuse(StoreError)
  /// The connection is lost before the request arrives. A commit ends as ``CommitOutcome/unknown(_:)`` and was not applied;
  /// other calls throw.
  case loseRequest
  /// The connection is lost after the request arrived: the store has done what was asked, but nobody is told. A commit
  /// ends as ``CommitOutcome/unknown(_:)`` and was applied when its checks held; other calls throw.
  case loseAnswer
  /// A commit stays under way: it ends as ``CommitOutcome/unknown(_:)`` and arrives when
  /// ``FaultyStore/deliverPostponed()`` is called. Other calls lose their request.
  case postpone
  /// The connection breaks before the request arrives, and all calls from then on fail until ``FaultyStore/mend()``.
  case cutBefore
  /// The connection breaks after the request arrived, and all calls from then on fail until ``FaultyStore/mend()``.
  case cutAfter
  /// The call waits so long first, or until its task is cancelled. Prefer ``yield(_:)``, which needs no clock.
  case delay(Duration)
  /// The task steps aside so many times before the call and after it, so that others run in between.
  case yield(Int)
}

/// Decides for each call of a ``FaultyStore`` what becomes of it.
public struct FaultPlan: Sendable {
  let fault: @Sendable (StoreCall) -> Fault?

  /// Makes a plan of a closure.
  ///
  /// - Parameter fault: What to do to a call; nil lets it pass. It may be called by several tasks at once.
  public init(_ fault: @escaping @Sendable (StoreCall) -> Fault?) {
    self.fault = fault
  }

  /// Lets all calls pass.
  public static let none = FaultPlan { _ in nil }

  /// Does something to one call and lets all others pass.
  ///
  /// - Parameters:
  ///   - number: Which call, counted from 1: over all kinds, or within the kind.
  ///   - kind: The only kind to count; nil for all.
  ///   - fault: What to do to it.
  public static func at(_ number: Int, of kind: StoreCall.Kind? = nil, _ fault: Fault) -> FaultPlan {
    FaultPlan { call in
      guard let kind else { return call.number == number ? fault : nil }
      return call.kind == kind && call.numberOfKind == number ? fault : nil
    }
  }

  /// Does something to calls at random. The choice depends on the seed and on the number of the call alone, so tasks that
  /// run in another order do not change it.
  ///
  /// - Parameters:
  ///   - seed: What the choices are drawn from.
  ///   - probability: How likely a call is to be chosen, from 0 to 1.
  ///   - kinds: The kinds of calls to choose from.
  ///   - faults: What to do to a call that is chosen, each as likely.
  public static func random(
    seed: UInt64, probability: Double, kinds: Set<StoreCall.Kind> = Set(StoreCall.Kind.allCases),
    _ faults: [Fault] = [.loseRequest, .loseAnswer, .refuse(StoreError(.unavailable, "a planned fault"))]
  ) -> FaultPlan {
    FaultPlan { call in
      guard kinds.contains(call.kind) else { return nil }
      var mixer = SeededGenerator(seed: seed)
      var random = SeededGenerator(seed: mixer.next() &+ UInt64(call.number))
      return random.chance(probability) ? faults.randomElement(using: &random) : nil
    }
  }
}
