// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What is fuzzed: `ROME_FUZZ` names it.
enum Target: String, CaseIterable {
  case rows
  case keys
  case records
  case replies
  case members
  case urls

  /// Feeds bytes to the decoder. A trap is what is looked for: an error is an answer.
  func run(_ bytes: [UInt8]) {
    switch self {
    case .rows: fuzzRow(bytes)
    case .keys: fuzzKey(bytes)
    case .records: fuzzRecord(bytes)
    case .replies: fuzzReply(bytes)
    case .members: fuzzMember(bytes)
    case .urls: fuzzURL(bytes)
    }
  }

  /// The target of this process.
  static let chosen: Target = {
    let name = ProcessInfo.processInfo.environment["ROME_FUZZ"] ?? ""
    guard let target = Target(rawValue: name) else {
      FileHandle.standardError.write(
        Data("Set ROME_FUZZ to one of: \(allCases.map(\.rawValue).joined(separator: ", "))\n".utf8))
      exit(2)
    }
    return target
  }()
}

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  Target.chosen.run(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

/// Ends the process when a decoder says what can't be true, so that libFuzzer keeps the input.
func require(_ holds: Bool, _ message: String) {
  precondition(holds, message)
}
