// SPDX-License-Identifier: Apache-2.0

import Rome

extension Instance {
  /// The name of the instance on its hypervisor, which is made of its number, or of other columns, as
  /// ``NovaOptions/instanceNameTemplate`` says. A template that names no column of the table makes it the UUID.
  public static func name(of row: NovaRow<Instance>, _ options: NovaOptions) -> String {
    let template = NameTemplate(options.instanceNameTemplate)
    if !template.takesColumns { return template.filled(with: Int64(row.id ?? 0)) }
    let columns = row.columns.toDictionary()
    return template.filled { columns[$0] } ?? row.uuid
  }

  /// The name.
  public static func extraFields(of row: NovaRow<Instance>, _ options: NovaOptions) -> [String: NovaField] {
    ["name": .string(name(of: row, options))]
  }
}
