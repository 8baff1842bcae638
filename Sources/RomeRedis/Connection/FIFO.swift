// SPDX-License-Identifier: Apache-2.0

/// A queue: elements are appended at its end and taken from its begin, each in constant time.
struct FIFO<Element> {
  private var storage: [Element?] = []
  private var head = 0

  var count: Int { storage.count - head }
  var isEmpty: Bool { count == 0 }
  var first: Element? { head < storage.count ? storage[head] : nil }

  mutating func append(_ element: Element) {
    storage.append(element)
  }

  /// Puts elements in front of all others.
  mutating func prepend(_ elements: [Element]) {
    storage.replaceSubrange(..<head, with: elements.map { $0 })
    head = 0
  }

  mutating func popFirst() -> Element? {
    guard head < storage.count else { return nil }
    let element = storage[head]
    storage[head] = nil
    head += 1
    if head == storage.count {
      storage.removeAll(keepingCapacity: storage.count < 4096)
      head = 0
    } else if head > 1024, head > storage.count / 2 {
      storage.removeFirst(head)
      head = 0
    }
    return element
  }

  /// Calls the closure for each element from the first on, until it returns false.
  func forEach(_ body: (Element) -> Bool) {
    for case let element? in storage[head...] where !body(element) { return }
  }

  /// Removes the elements for which the closure returns true.
  mutating func removeAll(where shouldBeRemoved: (Element) -> Bool) {
    storage = storage[head...].filter { element in !(element.map(shouldBeRemoved) ?? true) }
    head = 0
  }

  mutating func removeAll() -> [Element] {
    defer {
      storage = []
      head = 0
    }
    return storage[head...].compactMap { $0 }
  }
}
