// SPDX-License-Identifier: Apache-2.0

import RomeTesting
import Testing

@testable import RomeRedis

/// The clock of deadlines, and the queue of what waits for them.
@Suite(.timeLimit(.minutes(1))) struct MomentTests {
  @Test func `time goes on, and spans are those of durations`() {
    let start = Moment.now
    var now = start
    while now == start { now = .now }
    #expect(now > start && now - start > Moment.Span(.zero))
    #expect(start + (now - start) == now)
    for duration in [Duration.zero, .nanoseconds(1), .milliseconds(-1500), .seconds(86_400)] {
      #expect(Duration(Moment.Span(duration)) == duration)
      #expect((start + Moment.Span(duration)) - start == Moment.Span(duration))
    }
    // What is shorter than a nanosecond is cut off.
    #expect(Moment.Span(Duration(secondsComponent: 0, attosecondsComponent: 999_999_999)) == Moment.Span(.zero))
  }

  @Test func `spans that are too long end at the last moment, and don't come round`() {
    let now = Moment.now
    let longest = Moment.Span(.seconds(Int64.max))
    #expect(longest == Moment.Span(nanoseconds: .max) && Moment.Span(.seconds(Int64.min)) < Moment.Span(.zero))
    #expect(now + longest > now)
    #expect(now + longest + longest == now + longest)
  }

  @Test func `a queue gives back what was put in, in order, whatever is done with it`() {
    let seed = UInt64.random(in: .min ... .max)
    var generator = SeededGenerator(seed: seed)
    var queue = FIFO<Int>()
    var model: [Int] = []
    for step in 0..<20_000 {
      switch Int.random(in: 0..<100, using: &generator) {
      case 0..<52:
        queue.append(step)
        model.append(step)
      case 52..<97:
        #expect(queue.first == model.first, "seed \(seed)")
        #expect(queue.popFirst() == (model.isEmpty ? nil : model.removeFirst()), "seed \(seed)")
      case 97:
        let elements = Array(0..<Int.random(in: 0..<4, using: &generator))
        queue.prepend(elements)
        model = elements + model
      case 98:
        queue.removeAll { $0 % 3 == 0 }
        model.removeAll { $0 % 3 == 0 }
      default:
        if Int.random(in: 0..<10, using: &generator) == 0 {
          #expect(queue.removeAll() == model, "seed \(seed)")
          model = []
        }
      }
      #expect(queue.count == model.count && queue.isEmpty == model.isEmpty, "seed \(seed)")
    }
    var seen: [Int] = []
    queue.forEach { element in
      seen.append(element)
      return seen.count < 3
    }
    #expect(seen == Array(model.prefix(3)), "seed \(seed)")
  }
}
