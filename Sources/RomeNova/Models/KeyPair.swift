// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `key_pairs`.
@Entity("key_pairs", mixins: .timestamps, .softDelete(.id), indexes: .unique("user_id", "name", "deleted"))
public final class KeyPair: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The name.
  public var name: String
  /// The user that it belongs to.
  public var userID: String?
  public var fingerprint: String?
  public var publicKey: String?
  public var type: String
}
