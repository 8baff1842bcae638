// SPDX-License-Identifier: Apache-2.0

internal import Rome

/// Why a server can't be used.
struct GreetingFailure: Error {
  let error: StoreError
  /// Whether the same attempt would fail again until somebody changes something.
  let isFinal: Bool
}

/// The first exchange of a connection: logging in, choosing the database, loading the scripts, and finding out whether the
/// server can hold Rome's data. It is one round trip.
struct Greeting {
  /// What the server says of itself.
  let info: RedisServerInfo
  /// The names of the scripts.
  let hashes: ScriptHashes
  /// A revision that is older than all commits over this connection.
  let revision: UInt64

  /// The oldest server whose scripts are refused before they start, instead of half way, when it is out of memory.
  static let oldestVersion = (major: 7, minor: 0)

  private enum Step {
    case logIn
    case setName
    case select
    case information
    case persistence
    case script
    case greet

    /// The command, as the rules of a user name it.
    var command: String {
      switch self {
      case .logIn: "auth"
      case .setName: "client|setname"
      case .select: "select"
      case .information: "info"
      case .persistence: "config|get"
      case .script: "script|load"
      case .greet: "eval"
      }
    }
  }

  private static func steps(_ configuration: RedisConfiguration) -> [Step] {
    var steps: [Step] = configuration.password == nil ? [] : [.logIn]
    if !configuration.clientName.isEmpty { steps.append(.setName) }
    if configuration.database != 0 { steps.append(.select) }
    steps += [.information, .persistence]
    steps += RedisScript.allCases.map { _ in .script }
    return steps + [.greet]
  }

  /// The commands of the exchange.
  static func request(_ configuration: RedisConfiguration) -> RequestBuilder {
    var request = RequestBuilder()
    var scripts = RedisScript.allCases[...]
    for step in steps(configuration) {
      switch step {
      case .logIn:
        if let user = configuration.user {
          request.command("AUTH", user, configuration.password ?? "")
        } else {
          request.command("AUTH", configuration.password ?? "")
        }
      case .setName: request.command("CLIENT", "SETNAME", configuration.clientName)
      case .select: request.command("SELECT", String(configuration.database))
      case .information: request.command("INFO")
      case .persistence: request.command("CONFIG", "GET", "appendfsync")
      case .script:
        if let script = scripts.popFirst() { request.command("SCRIPT", "LOAD", script.text) }
      case .greet:
        let layout = RedisLayout(namespace: configuration.namespace)
        let keys = [
          layout.meta, layout.commits, layout.sequences, layout.leases, layout.rows("t"),
          layout.entries(.index("i", of: "t")), layout.queue("l"),
        ]
        // Its name is not known yet, so the script goes as a text.
        request.begin(3 + keys.count)
        request.append("EVAL")
        request.append(RedisScript.greeting.text)
        request.append(keys.count)
        for key in keys { request.append(key) }
      }
    }
    return request
  }

  /// The commands that load all scripts again.
  static func loadScripts() -> RequestBuilder {
    var request = RequestBuilder()
    for script in RedisScript.allCases { request.command("SCRIPT", "LOAD", script.text) }
    return request
  }

  /// Looks whether the server accepts us, and can hold the data of Rome.
  static func evaluate(
    _ reply: Reply, _ configuration: RedisConfiguration
  ) throws(GreetingFailure) -> Greeting {
    var cursor = ReplyCursor(reply)
    var info = RedisServerInfo()
    var hashes: [String] = []
    var revision: UInt64 = 0
    for step in steps(configuration) {
      if let error = cursor.error() {
        // Only the settings may be hidden: then no promise of durability is made.
        if step == .persistence, error.code != "NOAUTH", !error.isTransient {
          info.durability = .memory
          continue
        }
        throw failure(error, in: step, configuration)
      }
      do throws(StoreError) {
        switch step {
        case .logIn, .setName, .select:
          _ = try cursor.bytes()
        case .information:
          info = parse(String(decoding: try cursor.bytes(), as: UTF8.self))
          try check(info, configuration)
        case .persistence:
          var values: [String] = []
          for _ in 0..<(try cursor.array()) { values.append(String(decoding: try cursor.bytes(), as: UTF8.self)) }
          if info.durability != .memory { info.durability = durability(values.last) }
        case .script:
          hashes.append(String(decoding: try cursor.bytes(), as: UTF8.self))
        case .greet:
          guard try cursor.array() == 2 else { throw Self.unexpected }
          if let format = try cursor.optionalBytes(), String(decoding: format, as: UTF8.self) != RedisLayout.format {
            throw StoreError(
              .unsuitable, "the namespace \(configuration.namespace) was written by another version of Rome")
          }
          if let newest = try cursor.optionalBytes() {
            revision = UInt64(String(decoding: newest, as: UTF8.self)) ?? 0
          }
        }
      } catch {
        throw GreetingFailure(error: error, isFinal: error.code != .unavailable)
      }
    }
    guard let scripts = ScriptHashes(hashes) else {
      throw GreetingFailure(error: StoreError(.corrupt, "the server did not load the scripts"), isFinal: true)
    }
    return Greeting(info: info, hashes: scripts, revision: revision)
  }

  private static let unexpected = StoreError(.corrupt, "the server sent another number of values than was asked for")

  private static func failure(
    _ error: ServerError, in step: Step, _ configuration: RedisConfiguration
  ) -> GreetingFailure {
    var result = error.storeError
    switch step {
    case .logIn where error.code == "ERR":
      // An old server, or one without a password, says so in its own words.
      result = StoreError(.unauthorized, "the Redis server refused the user or the password")
    case .greet where error.text.hasPrefix("it may not run"):
      // The script has found the command that is not allowed.
      break
    case _ where error.code == "NOPERM":
      result = StoreError(.unauthorized, "the Redis user lacks a permission: it may not run \(step.command)")
    case .select where error.code == "ERR":
      result = StoreError(.refused, "the Redis server has no database \(configuration.database)")
    default: break
    }
    if let secret = configuration.password, !secret.isEmpty, result.message.contains(secret) {
      result.message = "the Redis server refused to be greeted, in words that hold the password"
    }
    return GreetingFailure(error: result, isFinal: !error.isTransient)
  }

  /// The error that a server has sent before it closed the connection without a word about what it was asked.
  static func farewell(in reply: Reply) -> StoreError? {
    guard reply.nodes.count == 1, let node = reply.nodes.first, node.kind == .error else { return nil }
    let error = ServerError(reply.slice(node))
    return error.isTransient ? error.storeError : nil
  }

  private static func durability(_ appendfsync: String?) -> Durability {
    switch appendfsync {
    case "always": .synchronous
    case "everysec": .everySecond
    default: .memory
    }
  }

  private static func check(_ info: RedisServerInfo, _ configuration: RedisConfiguration) throws(StoreError) {
    let parts = info.version.split(separator: ".").map { Int($0) ?? 0 }
    guard parts.count >= 2, (parts[0], parts[1]) >= (oldestVersion.major, oldestVersion.minor) else {
      throw StoreError(
        .unsuitable,
        "the Redis server has version \(info.version); \(oldestVersion.major).\(oldestVersion.minor) or newer is needed"
      )
    }
    if info.role == "slave" { throw StoreError(.refused, "the Redis server is a read-only replica") }
    if info.isCluster {
      throw StoreError(.unsuitable, "the server is a part of a Redis Cluster, which is not supported")
    }
    if info.evictionPolicy.hasPrefix("allkeys"), configuration.eviction == .refuse {
      throw StoreError(
        .unsuitable,
        "the Redis server would evict rows when its memory is full (maxmemory-policy \(info.evictionPolicy)); set it to noeviction"
      )
    }
  }

  private static func parse(_ text: String) -> RedisServerInfo {
    var info = RedisServerInfo()
    for line in text.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { continue }
      let value = String(parts[1])
      switch parts[0] {
      case "redis_version": info.version = value
      case "role": info.role = value
      case "maxmemory_policy": info.evictionPolicy = value
      // Which kind of durability it is, the setting says.
      case "aof_enabled": info.durability = value == "1" ? .everySecond : .memory
      case "cluster_enabled": info.isCluster = value == "1"
      default: break
      }
    }
    return info
  }
}
