// SPDX-License-Identifier: Apache-2.0

/// The dependencies between the transactions of a history.
struct HistoryGraph {
  typealias Dependency = HistoryAnomaly.Dependency

  /// The dependencies that lead away from each transaction.
  private(set) var edges: [Int: [Dependency]] = [:]
  private var known: Set<Dependency> = []

  /// Adds a dependency; one of a transaction on itself says nothing.
  mutating func add(_ from: Int, _ to: Int, _ kind: Dependency.Kind, _ reason: @autoclosure () -> String) {
    guard from != to else { return }
    let dependency = Dependency(from: from, to: to, kind: kind, reason: reason())
    if known.insert(dependency).inserted { edges[from, default: []].append(dependency) }
  }

  /// The shortest circle of dependencies of some kinds; nil when there is none.
  ///
  /// - Parameters:
  ///   - kinds: The kinds that it may have.
  ///   - first: The kind that it must have at least once; nil for any.
  ///   - others: The kinds of its other dependencies, when there is a first one.
  func circle(
    of kinds: Set<Dependency.Kind>, through first: Dependency.Kind? = nil, others: Set<Dependency.Kind>? = nil
  ) -> [Dependency]? {
    let components = components(of: kinds)
    var best: [Dependency]?
    for from in edges.keys.sorted() {
      for edge in edges[from] ?? [] where kinds.contains(edge.kind) {
        guard first == nil || edge.kind == first, components[edge.from] == components[edge.to] else { continue }
        guard let back = path(edge.to, edge.from, others ?? kinds, shorterThan: best?.count ?? .max) else { continue }
        best = [edge] + back
        if best?.count == 2 { return best }
      }
    }
    return best
  }

  /// The shortest path; nil when there is none.
  private func path(
    _ from: Int, _ to: Int, _ kinds: Set<Dependency.Kind>, shorterThan limit: Int
  ) -> [Dependency]? {
    var arrivals: [Int: Dependency] = [:]
    var front = [from]
    var length = 1
    while !front.isEmpty, length < limit - 1 || limit == .max {
      var next: [Int] = []
      for node in front {
        for edge in edges[node] ?? [] where kinds.contains(edge.kind) && edge.to != from && arrivals[edge.to] == nil {
          arrivals[edge.to] = edge
          if edge.to == to { return trace(arrivals, from, to) }
          next.append(edge.to)
        }
      }
      front = next
      length += 1
    }
    return nil
  }

  private func trace(_ arrivals: [Int: Dependency], _ from: Int, _ to: Int) -> [Dependency] {
    var path: [Dependency] = []
    var node = to
    while node != from, let edge = arrivals[node] {
      path.append(edge)
      node = edge.from
    }
    return path.reversed()
  }

  /// The number of the strongly connected component of each transaction: by Tarjan's algorithm, without recursion.
  private func components(of kinds: Set<Dependency.Kind>) -> [Int: Int] {
    var index: [Int: Int] = [:]
    var low: [Int: Int] = [:]
    var component: [Int: Int] = [:]
    var stack: [Int] = []
    var isOnStack: Set<Int> = []
    for root in edges.keys.sorted() where index[root] == nil {
      var work: [(node: Int, next: Int)] = [(root, 0)]
      while let (node, next) = work.last {
        if next == 0 {
          index[node] = index.count
          low[node] = index[node]
          stack.append(node)
          isOnStack.insert(node)
        }
        let targets = edges[node] ?? []
        var position = next
        var descends = false
        while position < targets.count {
          let edge = targets[position]
          position += 1
          guard kinds.contains(edge.kind) else { continue }
          if index[edge.to] == nil {
            work[work.count - 1].next = position
            work.append((edge.to, 0))
            descends = true
            break
          }
          if isOnStack.contains(edge.to) { low[node] = min(low[node] ?? 0, index[edge.to] ?? 0) }
        }
        if descends { continue }
        // A node without targets must not look new again.
        work.removeLast()
        if low[node] == index[node] {
          while let member = stack.popLast() {
            isOnStack.remove(member)
            component[member] = index[node]
            if member == node { break }
          }
        }
        if let parent = work.last?.node { low[parent] = min(low[parent] ?? 0, low[node] ?? 0) }
      }
    }
    return component
  }
}
