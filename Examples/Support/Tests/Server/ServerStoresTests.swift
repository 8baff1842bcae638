// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import RedisTestSupport
import Rome
import ServerSupport
import Testing

@Suite struct ServerStoresTests {
  private let logger = Logger(label: "test")

  @Test(arguments: ["memory", "file:nova.rome", "redis://127.0.0.1", "redis://user:secret@host:1/2?namespace=x"])
  func `A choice is the memory or an address, and its description keeps the password`(_ text: String) {
    let choice = StoreChoice(argument: text)
    #expect(choice != nil && choice?.defaultValueDescription.contains("secret") == false)
    #expect(StoreChoice(argument: "disk") == nil && StoreChoice(argument: "file:") == nil)
    #expect(StoreChoice(argument: "file:///nova.rome") == nil)
  }

  @Test func `An address that is none is refused before anything is opened`() {
    #expect(throws: StoreError.self) {
      try ServerStores(.redis(url: "http://x"), name: "test", testMode: false, logger: logger)
    }
  }

  @Test(
    arguments: [("0", 0), ("8774", 8774), ("65535", 65535), ("65536", nil), ("-1", nil), ("x", nil)] as [(String, Int?)]
  )
  func `A port is a number of 16 bits`(_ text: String, _ number: Int?) {
    #expect(ListeningPort(argument: text)?.number == number)
  }

  @Test func `A store for tests is empty after each renewal, touches no other namespace, and is erased at the end`()
    async throws
  {
    let server = try await RedisServer.shared
    let namespace = "server-" + UUID().uuidString
    let address = server.url + "?namespace=" + namespace
    let permanent = try ServerStores(.redis(url: address), name: "test", testMode: false, logger: logger)
    let kept = try await permanent.open()
    try await add(to: kept)
    let stores = try ServerStores(.redis(url: address), name: "test", testMode: true, logger: logger)
    let first = try await stores.renew(generation: 0, replaced: nil)
    #expect(try await count(first) == 0)
    try await add(to: first)
    let second = try await stores.renew(generation: 1, replaced: first)
    #expect(try await count(second) == 0)
    try await add(to: second)
    await stores.close(second)
    #expect(try await count(kept) == 1)
    await permanent.close(kept)
    let console = try RedisConsole(port: server.port)
    #expect(try console.run("KEYS", "*\(namespace)-test-*") == .array([]))
    #expect(try console.run("KEYS", "*\(namespace)*").members?.isEmpty == false, "what stays is not erased")
    console.close()
  }

  @Test func `A file for tests is another one than the file that stays, and is gone at the end`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "server-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let choice = StoreChoice.file(path: folder.appending(path: "nova.rome").path)
    let permanent = try ServerStores(choice, name: "test", testMode: false, logger: logger)
    try await add(to: try await permanent.open())
    let stores = try ServerStores(choice, name: "test", testMode: true, logger: logger)
    let first = try await stores.renew(generation: 0, replaced: nil)
    try await add(to: first)
    let second = try await stores.renew(generation: 1, replaced: first)
    #expect(try await count(second) == 0)
    await stores.close(second)
    #expect(try await count(try await permanent.open()) == 1)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.sorted() == ["nova.rome", "nova.rome-lock"])
  }

  private func add(to store: any Store) async throws {
    let session = RomeSession(store)
    session.add(Mark(name: "x"))
    try await session.commit()
  }

  private func count(_ store: any Store) async throws -> Int { try await RomeSession(store).query(Mark.self).count() }
}

/// A table of one column.
@Entity("marks")
private final class Mark {
  @PrimaryKey var id: Int?
  var name: String
}
