// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// The folder of the files of this process, which is gone with it.
public enum TestFolder {
  /// Where it is.
  public static let url: URL = {
    let url = FileManager.default.temporaryDirectory.appending(path: "rome-tests-" + UUID().uuidString)
    try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(at: TestFolder.url) }
    return url
  }()

  /// A path in it at which there is no file yet.
  public static func newPath() -> String { url.appending(path: UUID().uuidString + ".rome").path }
}
