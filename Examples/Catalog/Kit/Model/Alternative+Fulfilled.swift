// SPDX-License-Identifier: Apache-2.0

public import Rome

extension Alternative {
  /// Whether a provision fulfils an alternative: the condition for joining the two, by the rules of dpkg.
  public static var isFulfilled: Condition {
    Alternative.name == Provision.name && hasFittingArchitecture && hasFittingVersion
  }

  /// A package serves its own architecture. One that is "foreign" serves all; "allowed" serves whoever asks for `any`.
  private static var hasFittingArchitecture: Condition {
    let asksForAny = Alternative.architecture == "any" && Alternative.isQualified == true
    return Alternative.architecture == Provision.architecture
      || Alternative.isQualified == false && Provision.multiArch == .foreign
      || asksForAny && Provision.multiArch.in([.foreign, .allowed])
  }

  /// A provision without a version fulfils only alternatives without one: comparing with NULL is never true.
  private static var hasFittingVersion: Condition {
    let bounds: [Condition] = [
      Alternative.relation == .earlier && Provision.versionKey < Alternative.versionKey,
      Alternative.relation == .earlierOrEqual && Provision.versionKey <= Alternative.versionKey,
      Alternative.relation == .equal && Provision.versionKey == Alternative.versionKey,
      Alternative.relation == .laterOrEqual && Provision.versionKey >= Alternative.versionKey,
      Alternative.relation == .later && Provision.versionKey > Alternative.versionKey,
    ]
    return bounds.reduce(Alternative.relation == nil) { $0 || $1 }
  }
}

extension RelationKind {
  /// The relations without which a package does not work.
  public static let strict: [RelationKind] = [.preDepends, .depends]
}
