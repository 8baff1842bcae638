// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeLMDB

// Another process on the file of a store, for the tests of RomeLMDB:
//
//     LMDBPeer count PATH MAXIMUM TIMES    adds one to the number in a row, so many times
//     LMDBPeer fill PATH MAXIMUM ROWS      writes so many rows of 100 KB, each in a commit of its own

/// Why the peer ends.
struct PeerError: Error, CustomStringConvertible {
  let description: String
}

let arguments = CommandLine.arguments
guard arguments.count == 5, let maximum = Int(arguments[3]), let times = Int(arguments[4]) else {
  throw PeerError(description: "LMDBPeer count|fill PATH MAXIMUM NUMBER")
}
let store = try LMDBStore(LMDBConfiguration(path: arguments[2], maximumBytes: maximum))

switch arguments[1] {
case "count":
  let address = RowAddress(table: "numbers", key: Key([1]))
  var done = 0
  while done < times {
    let row = try await store.read([address])[0]
    let commit = Commit(
      checks: [.row(address, version: row?.version)], writes: [.putRow(address, [(row?.bytes.first ?? 0) &+ 1])])
    if case .committed = try await store.commit(commit) { done += 1 }
  }
case "fill":
  for number in 0..<times {
    let address = RowAddress(table: "filling", key: Key([UInt8(number)]))
    guard
      case .committed = try await store.commit(
        Commit(writes: [.putRow(address, [UInt8](repeating: 7, count: 100_000))]))
    else { throw PeerError(description: "a commit was refused") }
  }
default:
  throw PeerError(description: "there is no '\(arguments[1])'")
}
print("done")
