// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// One run of a server program, which can't outlive this process.
///
/// The program's process begins as a shell that starts a guard and then becomes the program. The guard waits on a socket
/// whose other end only this process has. When that end closes without a word, because this process let go of it or ended
/// in whatever way, the guard kills the program and removes its directory. Shell and guard are a process group of their
/// own, which an interrupt from the terminal does not reach; since the guard is in the group that the program's process id
/// names, the system gives that id to no other process for as long as the guard is there. The guard ignores SIGHUP, which
/// the system sends to the whole group when this process ends while the program is stopped.
final class ServerProcess: Sendable {
  private static let script = """
    program=$1 directory=$2
    shift 2
    {
      trap '' HUP INT QUIT TERM
      read -r _ && exit 0
      kill -KILL $$
      rm -rf -- "$directory"
      kill -KILL -- -$$
    } <&3 3<&- >/dev/null 2>&1 &
    exec "$program" "$@" 3<&-
    """

  /// The program's process.
  let id: pid_t
  private let lifeline: Mutex<Int32>
  /// How the program ended: nothing while it runs.
  private let status = Mutex<Int32?>(nil)
  private let ended = DispatchGroup()

  /// Starts a program.
  /// - Parameters:
  ///   - program: The path of the program.
  ///   - arguments: Its arguments.
  ///   - directory: What the guard removes when this process ends.
  ///   - log: The file that gets what the program prints, behind what is there.
  init(program: String, arguments: [String], directory: String, log: String) throws(RedisTestError) {
    let (ours, theirs) = try Libc.socketPair()
    defer { close(theirs) }
    // A number well above those that the shell gets, so that making them can't overwrite it.
    let moved = fcntl(theirs, F_DUPFD_CLOEXEC, 10)
    defer { close(moved) }
    do throws(RedisTestError) {
      guard moved >= 0 else { throw Libc.failure("fcntl") }
      id = try Self.spawn(
        ["sh", "-c", Self.script, "redis-server", program, directory] + arguments, lifeline: moved, log: log)
    } catch {
      close(ours)
      throw error
    }
    lifeline = Mutex(ours)
    ended.enter()
    Thread.detachNewThread { self.awaitEnd() }
  }

  deinit { release(removing: true) }

  private static func spawn(_ arguments: [String], lifeline: Int32, log: String) throws(RedisTestError) -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    posix_spawn_file_actions_adddup2(&actions, lifeline, 3)
    // Nothing else is inherited: a server that held the socket of a client would keep its connections from being closed.
    var flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    #if canImport(Darwin)
      flags |= POSIX_SPAWN_CLOEXEC_DEFAULT
    #else
      // glibc's closefrom action is hidden from Swift. Closing a descriptor that is not open is no error.
      let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }.max()
      let limit = min((open ?? 1024) + 256, Int32(clamping: sysconf(Int32(_SC_OPEN_MAX))))
      for descriptor in 4..<max(5, limit) { posix_spawn_file_actions_addclose(&actions, descriptor) }
    #endif
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGPIPE, SIGINT, SIGQUIT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(flags))

    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    defer { words.forEach { free($0) } }
    words.append(nil)
    var id: pid_t = 0
    let result = posix_spawn(&id, "/bin/sh", &actions, &attributes, words, environ)
    guard result == 0 else {
      throw RedisTestError(.system, "posix_spawn failed: \(String(cString: strerror(result))).")
    }
    return id
  }

  private func awaitEnd() {
    // First without reaping, so that nobody can signal a process that has taken over the id.
    var information = siginfo_t()
    while waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
    status.withLock { status in
      var value: Int32 = 0
      while waitpid(id, &value, 0) < 0 && errno == EINTR {}
      status = value
    }
    ended.leave()
  }

  /// Whether the program has not ended.
  var isRunning: Bool { status.withLock { $0 == nil } }

  /// How it ended, in words.
  var ending: String {
    status.withLock { status in
      guard let status else { return "runs" }
      let signal = status & 0x7f
      return signal == 0 ? "ended with status \((status >> 8) & 0xff)" : "was ended by signal \(signal)"
    }
  }

  /// Sends a signal to the program, unless it has ended.
  func signal(_ number: Int32) {
    status.withLock { status in
      if status == nil { kill(id, number) }
    }
  }

  /// Stops the program as SIGSTOP does, and returns when it stands or has ended.
  func pause() {
    signal(SIGSTOP)
    var information = siginfo_t()
    while waitid(P_PID, id_t(id), &information, WSTOPPED | WEXITED | WNOWAIT) < 0 && errno == EINTR {}
    // Taken back, so that the next pause waits for its own stop.
    _ = waitid(P_PID, id_t(id), &information, WSTOPPED | WNOHANG)
  }

  /// Blocks until the program has ended.
  /// - Returns: Whether it has, within the time.
  func waitUntilEnded(within time: Duration) -> Bool {
    ended.wait(timeout: .now() + .milliseconds(time.wholeMilliseconds)) == .success
  }

  /// Lets go of the guard.
  /// - Parameter removing: Whether it kills the program and removes the directory before it ends.
  func release(removing: Bool) {
    lifeline.withLock { lifeline in
      guard lifeline >= 0 else { return }
      if !removing { _ = Array("leave\n".utf8).withUnsafeBytes { Libc.send(lifeline, $0) } }
      close(lifeline)
      lifeline = -1
    }
  }
}
