// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// The parent of what is wrong with the description of a block device.
  public static let invalidBDM = Self("InvalidBDM", under: .invalid)
  /// The description of a block device is wrong: `details`.
  public static let invalidBDMFormat = Self("InvalidBDMFormat", under: .invalidBDM)
}
