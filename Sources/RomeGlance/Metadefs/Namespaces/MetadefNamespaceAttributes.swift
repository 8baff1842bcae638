// SPDX-License-Identifier: Apache-2.0

import Rome

/// The values of a create or an update of a namespace, checked.
struct MetadefNamespaceAttributes {
  /// The name; nil when none was given.
  let name: String?
  /// The tenant that it belongs to; nil when none was given.
  let owner: String?
  private var changes: [@Sendable (MetadefNamespace) -> Void] = []

  /// Checks values. Times and unknown names are ignored.
  ///
  /// - Throws: `rpc` for values of a wrong type, and null where a value is required.
  init(_ values: [String: GlanceValue]) throws(GlanceError) {
    name = try values["namespace"]?.requiredText("namespace")
    owner = try values["owner"]?.requiredText("owner")
    if let value = values["display_name"] {
      let text = try value.text("display_name")
      changes.append { $0.displayName = text }
    }
    if let value = values["description"] {
      let text = try value.text("description")
      changes.append { $0.description = text }
    }
    if let value = values["visibility"] {
      let text = try value.text("visibility")
      changes.append { $0.visibility = text }
    }
    if let value = values["protected"] {
      let flag = try value.boolean("protected")
      changes.append { $0.protected = flag }
    }
  }

  /// Gives a namespace the values.
  func apply(to namespace: MetadefNamespace) {
    if let name { namespace.namespace = name }
    if let owner { namespace.owner = owner }
    for change in changes { change(namespace) }
  }
}
