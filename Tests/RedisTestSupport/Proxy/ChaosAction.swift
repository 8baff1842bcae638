// SPDX-License-Identifier: Apache-2.0

extension ChaosProxy {
  /// What the proxy does with one request and its reply.
  ///
  /// Each action means the same however the requests of a connection follow each other: a cut comes when the replies to
  /// all earlier requests have been passed on, and of requests behind one that ends the connection the server sees none.
  public enum Action: Sendable {
    /// Passes both on.
    case pass
    /// Ends both sides before the request: the server never sees it.
    case cutBefore(Ending = .close)
    /// Passes the first bytes of the request on and ends both sides.
    case cutRequest(after: Int, Ending = .close)
    /// Passes the request on and ends both sides at once: the server may be at work on it when the client sees the end.
    case cutAtOnce(Ending = .close)
    /// Waits for the server's reply, passes none of it on and ends both sides: the server has done what it was asked.
    case cutAfter(Ending = .close)
    /// Waits for the server's reply, passes its first bytes on and ends both sides.
    case cutReply(after: Int, Ending = .close)
    /// Holds the request, and those behind it, for a time. The server gets it also when the client has gone meanwhile.
    case delayRequest(Duration)
    /// Passes the request on and holds its reply, and those behind it, for a time.
    case delayReply(Duration)
    /// Passes neither this request on nor any behind it, and keeps the connection open.
    case stallRequest
    /// Passes the requests on, but neither this reply nor any behind it, and keeps the connection open.
    case stallReply
    /// Passes other bytes on in place of the reply.
    case replaceReply([UInt8])
    /// Passes the reply on and then closes the way to the client only; the server still gets what the client sends.
    case halfClose
  }

  /// A request that has come in.
  public struct Request: Sendable {
    /// The number of the connection, from 1.
    public let connection: Int
    /// The number of the request in its connection, from 1.
    public let number: Int
    /// How many requests of this command the proxy has seen since its start, with this one.
    public let numberOfCommand: Int
    /// The command in upper case.
    public let command: String
    /// The command as it came and its arguments.
    public let arguments: [[UInt8]]
  }

  /// Decides what happens to each request. It is asked in the order in which the requests come, on the proxy's thread.
  public struct Plan: Sendable {
    let action: @Sendable (Request) -> Action

    /// A plan that asks a closure, which must not wait for the proxy.
    public init(_ action: @escaping @Sendable (Request) -> Action) {
      self.action = action
    }

    /// Passes everything on.
    public static let none = Plan { _ in .pass }

    /// Does something to one request of a command and passes all others on.
    /// - Parameters:
    ///   - number: The request's number among those of the command since the proxy's start, from 1.
    ///   - command: The command in upper case.
    ///   - action: What is done to it.
    public static func at(_ number: Int, of command: String, _ action: Action) -> Plan {
      Plan { $0.command == command && $0.numberOfCommand == number ? action : .pass }
    }

    /// Does the same to all requests of a command.
    /// - Parameters:
    ///   - command: The command in upper case.
    ///   - action: What is done to it.
    public static func every(_ command: String, _ action: Action) -> Plan {
      Plan { $0.command == command ? action : .pass }
    }
  }

  /// What happens to new connections.
  public enum Reception: Sendable {
    /// They reach the server.
    case accept
    /// They are refused, as when nothing listens.
    case refuse
    /// They are made, and nothing is ever answered.
    case ignore
  }

  /// What has gone through the proxy.
  public struct Counts: Sendable, Equatable {
    /// The connections that have been made.
    public var connections = 0
    /// The connections that are open to the client now.
    public var openConnections = 0
    /// The requests that have come in whole, by their commands in upper case.
    public var requests: [String: Int] = [:]
    /// The requests that the server was sent whole, by their commands.
    public var forwarded: [String: Int] = [:]
    /// The replies that have come from the server whole; messages that answer no request are not among them.
    public var replies = 0
    /// The replies that were passed on whole and as they were.
    public var passedReplies = 0
    /// The messages of the server that answer no request.
    public var pushes = 0
    /// The bytes that came from the clients.
    public var bytesFromClients = 0
    /// The bytes that the server was sent.
    public var bytesToServer = 0
    /// The bytes that came from the server.
    public var bytesFromServer = 0
    /// The bytes that the clients were sent.
    public var bytesToClients = 0

    /// Nothing yet.
    public init() {}

    /// All requests.
    public var totalRequests: Int { requests.values.reduce(0, +) }
    /// All requests that the server was sent.
    public var totalForwarded: Int { forwarded.values.reduce(0, +) }
  }
}
