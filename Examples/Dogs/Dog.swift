// SPDX-License-Identifier: Apache-2.0

import Rome

/// A dog. Its species is the name of a ``Specy``.
@Entity("dogs", mixins: .timestamps)
final class Dog {
  @PrimaryKey var id: Int?
  @Indexed var name: String
  @Indexed var species: String
}

/// A species of dogs, under the name that the tutorial of ROME gives it.
@Entity("species", mixins: .timestamps)
final class Specy {
  @PrimaryKey var id: Int?
  @Unique var name: String
}

extension Dog: CustomStringConvertible {
  var description: String { "\(name), a \(species)" }
}
