// SPDX-License-Identifier: Apache-2.0

public import Foundation
import Rome
import RomeTesting

/// Clients that work on a store while one kind of fault happens to it, again and again.
public struct Scenario: Sendable {
  /// How a scenario went.
  public struct Result: Sendable {
    /// The store.
    public let setting: StoreSetting
    /// What went wrong.
    public let fault: Fault
    /// How often it did.
    public let strikes: Int
    /// What became of the transactions.
    public let verdict: Verdict
    /// How long it took to be served again.
    public let outage: Outage
    /// What else is not as it should be.
    public let failures: [String]
  }

  /// How long a lease lasts. A holder is paused for longer.
  private static let lease = Duration.milliseconds(400)

  /// The store.
  public var setting: StoreSetting
  /// What happens to it.
  public var fault: Fault
  /// How long it goes on happening.
  public var duration: Duration
  /// What times and choices are drawn from.
  public var seed: UInt64
  /// The program of the clients, which understands `--client-process`.
  public var program: URL
  /// How many processes of clients there are.
  public var processes = 4
  /// How many clients each of them has.
  public var clientsPerProcess = 2

  /// Makes a scenario.
  public init(_ setting: StoreSetting, _ fault: Fault, lasting duration: Duration, seed: UInt64, program: URL) {
    self.setting = setting
    self.fault = fault
    self.duration = duration
    self.seed = seed
    self.program = program
  }

  /// Runs the scenario on a server or a file of its own.
  ///
  /// - Returns: How it went; nil when the fault can't be brought about here, as a disk that is full.
  /// - Throws: When the server or the clients can't be started, or the store can't be read at the end.
  public func run() async throws -> Result? {
    let site: Site
    do {
      site = try await Site(setting, for: fault)
    } catch is SmallDisk.Unavailable {
      return nil
    }
    do {
      let result = try await run(at: site)
      await site.close()
      return result
    } catch {
      await site.close()
      throw error
    }
  }

  private func run(at site: Site) async throws -> Result {
    try await prepare(site)
    let pausesHolders = fault == .holderPaused
    let assignment = ClientAssignment(
      redis: site.clientURL, file: site.file, clients: [], seed: seed, epoch: MachineClock.now,
      lockShare: pausesHolders ? 0.5 : 0.1, leaseMilliseconds: Int(Self.lease / .milliseconds(1)),
      holdMilliseconds: pausesHolders ? 20 : 0)
    let crew = try Crew(program, processes: processes, clients: clientsPerProcess, assignment)
    await crew.waitForService(since: assignment.epoch)
    var failures: [String] = []
    var windows: [Injector.Window] = []
    do {
      windows = try await strikeAgainAndAgain(site, crew)
    } catch {
      failures.append("\(error)")
    }
    let (lines, problems) = await crew.goHome()
    let (verdict, outage) = try await judge(lines, windows, site)
    return Result(
      setting: setting, fault: fault, strikes: windows.count, verdict: verdict, outage: outage,
      failures: failures + problems)
  }

  /// Records the tables, so that no client has to.
  private func prepare(_ site: Site) async throws {
    let store = try await site.openStore()
    let session = RomeSession(store)
    session.add(ListItem(list: "first", position: 0, value: 0))
    session.add(Receipt(value: 0, itemCount: 1, name: "first"))
    try await session.commit()
    await Site.close(store)
  }

  private func strikeAgainAndAgain(_ site: Site, _ crew: Crew) async throws -> [Injector.Window] {
    var injector = Injector(
      fault: fault, site: site, crew: crew, lease: Self.lease, generator: SeededGenerator(seed: seed))
    var windows: [Injector.Window] = []
    let deadline = ContinuousClock.now + duration
    repeat {
      try await Task.sleep(for: .milliseconds(Int.random(in: 100...400, using: &injector.generator)))
      let window = try await injector.strike()
      windows.append(window)
      await crew.waitForService(since: window.until)
    } while ContinuousClock.now < deadline
    return windows
  }

  /// Asks for the outcomes that are in doubt, reads everything, and compares.
  private func judge(
    _ lines: [[ClientLine]], _ windows: [Injector.Window], _ site: Site
  ) async throws -> (Verdict, Outage) {
    let store = try await site.openStore()
    var processes = lines.map(RecordedTransaction.all(of:))
    for process in processes.indices {
      for index in processes[process].indices where processes[process][index].isUnresolved {
        guard let id = processes[process][index].commit else { continue }
        switch try await store.resolve(id) {
        case .committed: processes[process][index].outcome = .committed
        case .notCommitted: processes[process][index].outcome = .aborted
        case .forgotten: continue
        }
      }
    }
    let contents = try await Contents(of: store)
    await Site.close(store)
    let transactions = processes.flatMap(\.self)
    let rollbacks = fault == .serverKilled && !setting.isDurable ? windows : []
    let verdict = Verdict(transactions, contents, readAt: MachineClock.now, rollbacks: rollbacks)
    return (verdict, Outage(windows, processes))
  }
}
