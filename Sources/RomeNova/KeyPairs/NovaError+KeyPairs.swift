// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// The user has no key pair of that name: `user_id`, `name`.
  public static let keypairNotFound = Self("KeypairNotFound", under: .notFound)
  /// The user has a key pair of that name already: `key_name`.
  public static let keyPairExists = Self("KeyPairExists")
}
