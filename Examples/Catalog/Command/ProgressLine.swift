// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A line on the standard error that says how far the work is, when somebody is looking.
struct ProgressLine {
  private let total: Int
  private let start = ContinuousClock.now
  private let isShown = isatty(FileHandle.standardError.fileDescriptor) == 1

  init(total: Int) {
    self.total = total
  }

  /// Shows how many packages are done.
  func show(_ done: Int) {
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    write("\r\(done) of \(total) packages, \(Int(Double(done) / max(seconds, 0.001))) per second")
  }

  /// Clears the line.
  func finish() {
    write("\r\u{1B}[K")
  }

  private func write(_ text: String) {
    if isShown { FileHandle.standardError.write(Data(text.utf8)) }
  }
}
