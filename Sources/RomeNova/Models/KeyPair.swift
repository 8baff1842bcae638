// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// The public half of a user's key, for new instances: a row of `key_pairs`.
@Entity("key_pairs", mixins: .timestamps, .softDelete(.id), indexes: .unique("user_id", "name", "deleted"))
public final class KeyPair: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The name, of which a user has one live key pair.
  public var name: String
  /// The user that the key pair belongs to.
  public var userID: String?
  /// The fingerprint of the public key.
  public var fingerprint: String?
  /// The public key, or the certificate.
  public var publicKey: String?
  /// What the key is: `ssh` or `x509`.
  public var type: String
}
