// SPDX-License-Identifier: Apache-2.0

extension RedisServer {
  /// When a server writes its log of changes to the disk (`appendfsync`).
  public enum AppendOnly: String, Sendable {
    /// Before it answers.
    case always
    /// Once in a second.
    case everySecond = "everysec"
    /// When the operating system likes.
    case never = "no"
  }

  /// A user of the access control list.
  public struct User: Sendable {
    /// The name.
    public var name: String
    /// The password; nil for a user that needs none.
    public var password: String?
    /// What the user may do, as `~rome:* +@all -flushall`.
    public var rules: String

    /// A user with its rules.
    public init(_ name: String, password: String?, rules: String = "~* &* +@all") {
      self.name = name
      self.password = password
      self.rules = rules
    }
  }

  /// How a server is set up. What is not said is Redis' default, but nothing is saved to the disk.
  public struct Options: Sendable {
    /// The password of the default user.
    public var password: String?
    /// Further users; one of the name `default` changes the default user.
    public var users: [User]
    /// The limit of the data in bytes.
    public var maximumMemory: Int?
    /// What the server does at the limit, such as `allkeys-lru`.
    public var evictionPolicy: String?
    /// Whether there is a log of changes, and when it is written; nil for none.
    public var appendOnly: AppendOnly?
    /// Whether the server listens on a socket of the file system too.
    public var hasUnixSocket: Bool
    /// The number of databases.
    public var databases: Int
    /// Arguments behind all others, as `["--replicaof", "127.0.0.1 7000"]`.
    public var extraArguments: [String]

    /// A plain server, but for what is said.
    public init(
      password: String? = nil, users: [User] = [], maximumMemory: Int? = nil, evictionPolicy: String? = nil,
      appendOnly: AppendOnly? = nil, hasUnixSocket: Bool = false, databases: Int = 16, extraArguments: [String] = []
    ) {
      self.password = password
      self.users = users
      self.maximumMemory = maximumMemory
      self.evictionPolicy = evictionPolicy
      self.appendOnly = appendOnly
      self.hasUnixSocket = hasUnixSocket
      self.databases = databases
      self.extraArguments = extraArguments
    }
  }
}

extension RedisServer.Options {
  /// The server's configuration file: the password is in a file that only its owner can read, not on a command line.
  func configuration(port: Int, directory: String, socketPath: String, console: RedisServer.User) -> String {
    var lines: [[String]] = [
      ["bind", "127.0.0.1"], ["port", "\(port)"], ["dir", directory], ["daemonize", "no"], ["save", ""],
      ["databases", "\(databases)"], ["enable-debug-command", "local"],
    ]
    if let password { lines.append(["requirepass", password]) }
    if let maximumMemory { lines.append(["maxmemory", "\(maximumMemory)"]) }
    if let evictionPolicy { lines.append(["maxmemory-policy", evictionPolicy]) }
    if let appendOnly { lines += [["appendonly", "yes"], ["appendfsync", appendOnly.rawValue]] }
    if hasUnixSocket { lines += [["unixsocket", socketPath], ["unixsocketperm", "700"]] }
    for user in users + [console] {
      let secret = user.password.map { ">\($0)" } ?? "nopass"
      lines.append(["user", user.name, "reset", "on", secret] + user.rules.split(separator: " ").map(String.init))
    }
    return lines.map { $0.map(Self.quoted).joined(separator: " ") + "\n" }.joined()
  }

  /// A word in quotes, with the bytes that mean something inside of them escaped.
  private static func quoted(_ word: String) -> String {
    let bytes = word.utf8.map { byte in
      let isPlain = byte >= 0x20 && byte < 0x7f && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
      if isPlain { return String(UnicodeScalar(byte)) }
      let digits = String(byte, radix: 16)
      return "\\x" + (digits.count == 1 ? "0" : "") + digits
    }
    return "\"" + bytes.joined() + "\""
  }
}
