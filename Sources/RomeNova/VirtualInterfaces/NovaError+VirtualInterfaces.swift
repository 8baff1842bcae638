// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// The interface could not be added.
  public static let virtualInterfaceCreateException = Self("VirtualInterfaceCreateException")
}
