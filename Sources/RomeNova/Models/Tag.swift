// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A row of `tags`.
@Entity("tags", indexes: .index("tag"))
public final class Tag: NovaModel {
  @PrimaryKey public var resourceID: String
  @PrimaryKey public var tag: String
}
