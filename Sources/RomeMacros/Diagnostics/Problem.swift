// SPDX-License-Identifier: Apache-2.0

import SwiftDiagnostics
import SwiftSyntax

/// An error at a line of the user's.
struct Problem: DiagnosticMessage {
  let id: String
  let message: String

  var severity: DiagnosticSeverity { .error }
  var diagnosticID: MessageID { MessageID(domain: "Rome", id: id) }

  init(_ id: String, _ message: String) {
    self.id = id
    self.message = message
  }
}

/// What a fix-it does.
struct Repair: FixItMessage {
  let message: String

  var fixItID: MessageID { MessageID(domain: "Rome", id: message) }
}

/// The errors that were found in a class.
struct ProblemList {
  private(set) var diagnostics: [Diagnostic] = []

  var isEmpty: Bool { diagnostics.isEmpty }

  mutating func add(_ problem: Problem, at node: some SyntaxProtocol, fixIts: [FixIt] = []) {
    diagnostics.append(Diagnostic(node: Syntax(node), message: problem, fixIts: fixIts))
  }
}

extension FixIt {
  /// Replaces the text of a node and keeps the space around it.
  init(_ message: String, replace node: some SyntaxProtocol, by text: String) {
    let token = TokenSyntax(
      .identifier(text), leadingTrivia: node.leadingTrivia, trailingTrivia: node.trailingTrivia, presence: .present)
    self.init(
      message: Repair(message: message), changes: [.replace(oldNode: Syntax(node), newNode: Syntax(token))])
  }
}
