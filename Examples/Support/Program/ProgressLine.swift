// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// A line on the standard error that says how far the work is, when somebody is looking.
public struct ProgressLine: Sendable {
  /// Whether the standard error is a terminal; else nothing is shown.
  public let isShown: Bool

  /// A line that is empty yet.
  public init() {
    isShown = isatty(FileHandle.standardError.fileDescriptor) == 1
  }

  /// Shows a text in place of the one before.
  ///
  /// - Parameter text: What to show.
  public func show(_ text: String) {
    write("\r\(text)\u{1B}[K")
  }

  /// Clears the line.
  public func finish() {
    write("\r\u{1B}[K")
  }

  private func write(_ text: String) {
    if isShown { FileHandle.standardError.write(Data(text.utf8)) }
  }
}
