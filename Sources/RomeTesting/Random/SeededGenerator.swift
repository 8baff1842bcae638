// SPDX-License-Identifier: Apache-2.0

/// A source of random numbers that gives the same ones for the same seed, on every platform (SplitMix64).
///
/// A test that draws everything from one generator is replayed by its seed. It is no source for secrets.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Makes a generator.
  ///
  /// - Parameter seed: Any number; different ones give unrelated sequences.
  public init(seed: UInt64) {
    state = seed
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// Whether something happens that shall happen with this probability.
  ///
  /// - Parameter probability: From 0, never, to 1, always.
  public mutating func chance(_ probability: Double) -> Bool {
    Double.random(in: 0..<1, using: &self) < probability
  }

  /// Random bytes.
  ///
  /// - Parameters:
  ///   - length: How many, at most; each length is as likely.
  ///   - alphabet: The bytes to choose from; few of them make equal prefixes and equal keys likely.
  public mutating func bytes(upTo length: Int, of alphabet: [UInt8]? = nil) -> [UInt8] {
    let count = Int.random(in: 0...max(0, length), using: &self)
    return (0..<count).map { _ in
      alphabet?.randomElement(using: &self) ?? UInt8.random(in: .min ... .max, using: &self)
    }
  }
}
