// SPDX-License-Identifier: Apache-2.0

extension String {
  /// Whether the text is a UUID as Nova understands it: 32 hexadecimal digits, with hyphens anywhere, with braces around them
  /// and `urn:uuid:` before them, if the caller likes.
  var isUUID: Bool {
    let bare = replacing("urn:", with: "").replacing("uuid:", with: "").trimmingPrefix { $0 == "{" || $0 == "}" }
    let digits = bare.reversed().drop { $0 == "{" || $0 == "}" }.filter { $0 != "-" }
    return digits.count == 32 && digits.allSatisfy { $0.isASCII && $0.isHexDigit }
  }
}
