// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// A redis-server of the tests' own, on a free port of the loopback and with a temporary directory.
///
/// It can't outlive the process that started it (see `ServerProcess`). Its directory lasts through restarts, and goes with
/// the object, or with the process.
public final class RedisServer: Sendable {
  /// The port, which stays the same as long as the object lives, and which nobody else gets while the server is down.
  public let port: Int
  /// How the server is set up.
  public let options: Options
  /// The directory with the server's configuration, log and data.
  public let directory: String

  private let reservation: PortReservation
  private let program: String
  /// A user of our own with all rights, so that a console gets in whatever the options say about the others.
  private let consoleUser: User
  /// Held by whoever starts or ends the server, on a thread of its own.
  private let operations = Mutex(())
  private let process = Mutex<ServerProcess?>(nil)

  /// A server that is not started yet.
  /// - Parameter options: How it is set up.
  /// - Throws: `notInstalled`, and `system` when there is no port or no directory.
  public init(_ options: Options = Options()) throws(RedisTestError) {
    self.options = options
    let installed = try Self.installedProgram()
    reservation = try PortReservation()
    port = reservation.port
    directory = try Self.makeDirectory()
    consoleUser = User("rome-console", password: String(UInt64.random(in: .min ... .max), radix: 36))
    program = directory + "/redis-server"
    // The program looks at the name that it is called by: redis-check-rdb is the same file as redis-server.
    guard symlink(installed, program) == 0 else { throw Libc.failure("symlink") }
    let configuration = options.configuration(
      port: port, directory: directory, socketPath: directory + "/redis.sock", console: consoleUser)
    guard
      FileManager.default.createFile(
        atPath: configurationPath, contents: Data(configuration.utf8), attributes: [.posixPermissions: 0o600])
    else { throw RedisTestError(.system, "\(configurationPath) can't be written.") }
  }

  deinit {
    let process = process.withLock { $0 }
    process?.signal(SIGKILL)
    process?.release(removing: true)
    try? FileManager.default.removeItem(atPath: directory)
  }

  /// A server that answers.
  /// - Parameter options: How it is set up.
  /// - Returns: The started server.
  /// - Throws: As `init` and `start()`.
  public static func started(_ options: Options = Options()) async throws(RedisTestError) -> RedisServer {
    let server = try RedisServer(options)
    try await server.start()
    return server
  }

  private static let sharedStart = Task { () async throws in try await RedisServer.started() }

  /// One plain server for the whole process, which is started by the first who asks and ends with the process.
  ///
  /// Its data are not saved. Every test takes a key prefix of its own, and changes no setting of the server.
  public static var shared: RedisServer {
    get async throws { try await sharedStart.value }
  }

  // MARK: Where it is

  /// The address without a user: `redis://[:password@]127.0.0.1:port`.
  public var url: String { url(user: "", password: options.password) }

  /// The address for a user of the options, or a wrong one.
  /// - Parameters:
  ///   - user: The user's name; empty for the default user.
  ///   - password: The password; nil for none.
  ///   - database: The number of the database; nil to say none.
  /// - Returns: `redis://[user][:password]@127.0.0.1:port[/database]`.
  public func url(user: String, password: String?, database: Int? = nil) -> String {
    func escaped(_ text: String) -> String {
      text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }
    let credentials = escaped(user) + (password.map { ":" + escaped($0) } ?? "")
    return "redis://" + (credentials.isEmpty ? "" : credentials + "@") + "127.0.0.1:\(port)"
      + (database.map { "/\($0)" } ?? "")
  }

  /// The path of the socket in the file system; nil when the options ask for none.
  public var socketPath: String? { options.hasUnixSocket ? directory + "/redis.sock" : nil }

  /// The process id of the server; nil when it does not run.
  public var processID: Int32? {
    process.withLock { process in
      process.flatMap { $0.isRunning ? $0.id : nil }
    }
  }

  /// Whether the server's process runs; a paused one does.
  public var isRunning: Bool { processID != nil }

  /// What the server has printed since its first start.
  public var log: String { String(decoding: FileManager.default.contents(atPath: logPath) ?? Data(), as: UTF8.self) }

  private var logPath: String { directory + "/redis.log" }
  private var configurationPath: String { directory + "/redis.conf" }

  /// A console with all rights.
  /// - Parameter timeout: How long to wait for each piece of a reply.
  /// - Throws: `notAnswering` when the server is down, `refused` when it lets nobody in.
  public func console(timeout: Duration = .seconds(10)) throws(RedisTestError) -> RedisConsole {
    let console = try RedisConsole(port: port, timeout: timeout)
    try console.run("AUTH", consoleUser.name, consoleUser.password ?? "")
    return console
  }

  // MARK: Starting and ending

  /// Starts the server, with the data that it left behind, and waits until it answers.
  ///
  /// A server that runs already is left alone.
  /// - Throws: `endedEarly` with the server's log, or `notAnswering` after a minute.
  public func start() async throws(RedisTestError) {
    try await operate { server throws(RedisTestError) in try server.startNow() }
  }

  /// Ends the server as SIGTERM does: it writes its log of changes to the disk first. Returns when it has ended.
  /// - Throws: `timedOut` when it does not end.
  public func stop() async throws(RedisTestError) {
    try await operate { server throws(RedisTestError) in try server.endNow(SIGTERM) }
  }

  /// Ends the server as SIGKILL does: at once. Returns when it has ended.
  /// - Throws: `timedOut` when it does not end.
  public func kill() async throws(RedisTestError) {
    try await operate { server throws(RedisTestError) in try server.endNow(SIGKILL) }
  }

  /// Ends the server, when it runs, and starts it on the same port and directory.
  /// - Parameter killing: Whether it is killed rather than told to end.
  /// - Throws: As `stop()` and `start()`.
  public func restart(killing: Bool = false) async throws(RedisTestError) {
    try await operate { server throws(RedisTestError) in
      try server.endNow(killing ? SIGKILL : SIGTERM)
      try server.startNow()
    }
  }

  /// Stops the server's process where it stands: connections stay open and nothing is answered until `resume()`.
  /// - Throws: `notRunning`.
  public func pause() async throws(RedisTestError) {
    try await operate { server throws(RedisTestError) in try server.runningProcess().pause() }
  }

  /// Lets a paused server go on.
  /// - Throws: `notRunning`.
  public func resume() async throws(RedisTestError) {
    try await operate { server throws(RedisTestError) in try server.runningProcess().signal(SIGCONT) }
  }

  /// Kills the server and removes its directory. It can't be started again.
  /// - Throws: As `kill()`.
  public func close() async throws(RedisTestError) {
    try await operate { server throws(RedisTestError) in
      try server.endNow(SIGKILL)
      try? FileManager.default.removeItem(atPath: server.directory)
    }
  }

  private func operate(
    _ body: @escaping @Sendable (RedisServer) throws(RedisTestError) -> Void
  ) async throws(RedisTestError) {
    try await onOwnThread { () throws(RedisTestError) in
      try self.operations.withLock { _ throws(RedisTestError) in try body(self) }
    }
  }

  private func runningProcess() throws(RedisTestError) -> ServerProcess {
    guard let process = process.withLock({ $0 }), process.isRunning else {
      throw RedisTestError(.notRunning, "The server on port \(port) does not run.")
    }
    return process
  }

  private func startNow() throws(RedisTestError) {
    if isRunning { return }
    var attempt = 1
    while true {
      let logged = log.utf8.count
      let process = try ServerProcess(
        program: program, arguments: [configurationPath] + options.extraArguments, directory: directory, log: logPath)
      // The new guard takes over the directory from that of the run before.
      let before = self.process.withLock { current in
        defer { current = process }
        return current
      }
      before?.release(removing: false)
      do throws(RedisTestError) {
        return try awaitAnswer(of: process)
      } catch {
        let printed = String(decoding: log.utf8.dropFirst(logged), as: UTF8.self)
        guard error.code == .endedEarly else { throw error }
        if attempt < 5 && printed.contains("Address already in use") {
          attempt += 1
          continue
        }
        throw RedisTestError(.endedEarly, "redis-server \(process.ending) before it answered. It says:\n\(printed)")
      }
    }
  }

  private func awaitAnswer(of process: ServerProcess) throws(RedisTestError) {
    let deadline = ContinuousClock.now + .seconds(60)
    var problem = "Nothing was asked."
    while ContinuousClock.now < deadline {
      do throws(RedisTestError) {
        guard try console().run("PING").text == "PONG" else {
          throw RedisTestError(.malformed, "PING is not answered by PONG.")
        }
        return
      } catch {
        problem = error.message
      }
      // Until it is time to ask again, or at once when there is nobody left to ask.
      if process.waitUntilEnded(within: .milliseconds(3)) {
        throw RedisTestError(.endedEarly, "redis-server \(process.ending).")
      }
    }
    process.signal(SIGKILL)
    throw RedisTestError(.notAnswering, "redis-server does not answer on port \(port): \(problem)")
  }

  private func endNow(_ signal: Int32) throws(RedisTestError) {
    guard let process = process.withLock({ $0 }), process.isRunning else { return }
    process.signal(signal)
    process.signal(SIGCONT)
    guard process.waitUntilEnded(within: .seconds(60)) else {
      throw RedisTestError(.timedOut, "redis-server does not end on signal \(signal).")
    }
  }

  // MARK: What it is made of

  /// Where programs are looked for.
  private static var searchedDirectories: [String] {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").map(String.init) + ["/usr/bin", "/usr/local/bin"]
  }

  /// The program: `redis-server`, or the same file under its other name, which Debian has in a package without a service.
  static func installedProgram(in directories: [String] = searchedDirectories) throws(RedisTestError) -> String {
    for name in ["redis-server", "redis-check-rdb"] {
      for directory in directories where access("\(directory)/\(name)", X_OK) == 0 { return "\(directory)/\(name)" }
    }
    throw RedisTestError(
      .notInstalled,
      "These tests need redis-server, which is not installed: apt-get install redis-server, or brew install redis.")
  }

  private static func makeDirectory() throws(RedisTestError) -> String {
    var base = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    while base.count > 1 && base.hasSuffix("/") { base.removeLast() }
    var template = Array("\(base)/rome-redis-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Libc.failure("mkdtemp") }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
