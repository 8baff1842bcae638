// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

extension NovaField {
  /// The value of a column.
  init(_ value: Rome.Value) {
    self =
      switch value {
      case .null: .null
      case .bool(let value): .bool(value)
      case .int(let number): .int(number)
      case .double(let number): .double(number)
      case .string(let text): .string(text)
      case .date: Date(value: value).map { .date($0) } ?? .null
      case .uuid(let uuid): .string(uuid.uuidString.lowercased())
      case .bytes(let bytes): .string(Data(bytes).base64EncodedString())
      case .json(let text): .string(String(decoding: text, as: UTF8.self))
      }
  }
}
