// SPDX-License-Identifier: Apache-2.0

/// What the tellers of one process shall do.
public struct Workload: Codable, Hashable, Sendable {
  /// How many accounts there are; their numbers begin at 1.
  public var accounts: Int
  /// How many tellers work at the same time, each in a task of its own.
  public var tasks: Int
  /// How many orders they take, all together; nil for no end.
  public var orders: Int?
  /// How many seconds they work; nil for no end.
  public var seconds: Double?
  /// The most cents of an order.
  public var maximumAmount: Int
  /// The name under which transfers are written down; nil to write none.
  public var run: String?
  /// Whether all balances are added up again and again meanwhile.
  public var isAudited: Bool
  /// Whether the tasks run on the thread of the store's connection, where the store has one.
  public var isOnConnectionThread: Bool

  /// A workload.
  public init(
    accounts: Int, tasks: Int, orders: Int? = nil, seconds: Double? = nil, maximumAmount: Int = 100,
    run: String? = nil, isAudited: Bool = false, isOnConnectionThread: Bool = false
  ) {
    self.accounts = accounts
    self.tasks = tasks
    self.orders = orders
    self.seconds = seconds
    self.maximumAmount = maximumAmount
    self.run = run
    self.isAudited = isAudited
    self.isOnConnectionThread = isOnConnectionThread
  }
}
