// SPDX-License-Identifier: Apache-2.0

import Rome

/// The order of a listing: the keys that the client named, and behind them those that make it a whole order.
struct ImageOrder {
  /// A column to sort by.
  struct Key {
    let field: ImageField
    let isDescending: Bool
  }

  let keys: [Key]

  /// Checks the order that a client asks for.
  ///
  /// - Parameters:
  ///   - names: The columns; none is `created_at`.
  ///   - directions: `asc` or `desc` for each column; one for all of them; none is `desc`.
  /// - Throws: `invalidSortKey` for an unknown column; `keyError` for an unknown direction; `rpc` for a wrong number of them.
  init(_ names: [String], _ directions: [String]) throws(GlanceError) {
    var names = names.isEmpty ? ["created_at"] : names
    let last = directions.count == 1 ? directions[0] : "desc"
    var directions = directions.count > 1 ? directions : names.map { _ in last }
    if directions.count != names.count {
      throw GlanceError(.rpc, "the number of sort directions is not that of the sort keys")
    }
    for name in ["created_at", "id"] where !names.contains(name) {
      names.append(name)
      directions.append(last)
    }
    var keys: [Key] = []
    for (name, direction) in zip(names, directions) {
      guard direction == "asc" || direction == "desc" else { throw GlanceError(.keyError, "'\(direction)'") }
      guard let field = ImageField.all[name] else {
        throw GlanceError(.invalidSortKey, "Sort key supplied was not valid.")
      }
      // A column that comes again orders nothing.
      if !keys.contains(where: { $0.field.name == name }) {
        keys.append(Key(field: field, isDescending: direction == "desc"))
      }
    }
    self.keys = keys
  }

  /// Sorts a query, and lets it begin behind an image.
  func applied(to query: RomeQuery<Image>, after marker: Image?) -> RomeQuery<Image> {
    let ordered = keys.reduce(query) { $0.order(by: $1.field.orderKey($1.isDescending)) }
    return marker.map { page(of: ordered, after: $0) } ?? ordered
  }

  /// The images sorted, each of them once. NULL is the smallest value, as in queries.
  func sorted(_ images: [Image]) -> [Image] {
    var seen: Set<String> = []
    return images.filter { seen.insert($0.id).inserted }.map { image in
      (image: image, values: keys.map { $0.field.value(image) })
    }.sorted { left, right in
      for (place, key) in keys.enumerated() {
        let order = left.values[place].order(to: right.values[place])
        if order != 0 { return key.isDescending ? order > 0 : order < 0 }
      }
      return false
    }.map(\.image)
  }

  /// The part of a query that comes behind an image.
  ///
  /// Glance compares NULL as the empty text, or as 0, here, but sorts it before all values. Where the marker has a greater
  /// value that is the same thing, and Rome's pages, which an index narrows, are exact. Where it is not, Glance's rule is a
  /// condition on each row, and an index narrows as far as the two rules agree.
  private func page(of query: RomeQuery<Image>, after marker: Image) -> RomeQuery<Image> {
    let doubtful = keys.filter { isDoubtful($0, marker) }
    if doubtful.isEmpty { return query.after(marker) }
    var page = query.filter(isBehind(marker))
    if doubtful.allSatisfy({ !$0.isDescending && $0.field.value(marker).isNull }) {
      // All that is behind by Glance's rule is behind by Rome's, too.
      page = page.after(marker)
    } else if let first = keys.first, first.isDescending, first.field.kind == .text, isDoubtful(first, marker) {
      // Nothing is less than the empty text.
      page = page.filter(first.field.compare(.equal, .null) || first.field.compare(.equal, first.field.replacement))
    }
    return page
  }

  /// Whether the value of the marker is one which NULL and the value that replaces it lie on different sides of.
  private func isDoubtful(_ key: Key, _ marker: Image) -> Bool {
    guard !key.field.replacement.isNull else { return false }
    let value = key.field.value(marker)
    return value.isNull || value.order(to: key.field.replacement) <= 0
  }

  /// Glance's rule: the first key that differs decides, with NULL replaced.
  private func isBehind(_ marker: Image) -> Condition {
    var result: Condition = .never
    for (place, key) in keys.enumerated() {
      var condition = key.field.compareReplaced(key.isDescending ? .less : .greater, value(key, marker))
      for earlier in keys[..<place] {
        condition = earlier.field.compareReplaced(.equal, value(earlier, marker)) && condition
      }
      result = place == 0 ? condition : result || condition
    }
    return result
  }

  private func value(_ key: Key, _ marker: Image) -> Value {
    let value = key.field.value(marker)
    return value.isNull ? key.field.replacement : value
  }
}
