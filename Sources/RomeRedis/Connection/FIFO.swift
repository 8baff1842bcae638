// SPDX-License-Identifier: Apache-2.0

/// A queue: elements are appended at its end and taken from its begin, each in constant time.
///
/// It is a ring, so what goes in and out at the same pace allocates nothing and moves nothing.
struct FIFO<Element> {
  /// The elements, and nil where there is none; a power of two of places.
  private var places: [Element?] = []
  private var head = 0
  private(set) var count = 0

  /// The most places that an empty queue keeps.
  private static var keptPlaces: Int { 4096 }

  var isEmpty: Bool { count == 0 }
  var first: Element? { count > 0 ? places[head] : nil }

  private func place(_ position: Int) -> Int { (head + position) & (places.count - 1) }

  mutating func append(_ element: Element) {
    if count == places.count { grow() }
    places[place(count)] = element
    count += 1
  }

  /// Doubles the places, with the elements at their begin.
  private mutating func grow() {
    var wider = places[head...] + places[..<head]
    wider.append(contentsOf: repeatElement(nil, count: max(8, places.count)))
    places = Array(wider)
    head = 0
  }

  /// Puts elements in front of all others.
  mutating func prepend(_ elements: [Element]) {
    if elements.isEmpty { return }
    let others = removeAll()
    for element in elements { append(element) }
    for element in others { append(element) }
  }

  mutating func popFirst() -> Element? {
    guard count > 0 else { return nil }
    let element = places[head].take()
    head = place(1)
    count -= 1
    if count == 0, places.count > Self.keptPlaces { self = FIFO() }
    return element
  }

  /// Calls the closure for each element from the first on, until it returns false.
  func forEach(_ body: (Element) -> Bool) {
    for position in 0..<count {
      if let element = places[place(position)], !body(element) { return }
    }
  }

  /// Removes the elements for which the closure returns true.
  mutating func removeAll(where shouldBeRemoved: (Element) -> Bool) {
    for element in removeAll() where !shouldBeRemoved(element) { append(element) }
  }

  mutating func removeAll() -> [Element] {
    var elements: [Element] = []
    elements.reserveCapacity(count)
    forEach { element in
      elements.append(element)
      return true
    }
    self = FIFO()
    return elements
  }
}
