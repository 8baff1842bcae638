// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// A parameter has a value that it can't have: `err`.
  public static let invalidParameterValue = Self("InvalidParameterValue", under: .invalid)
}
