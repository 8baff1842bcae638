// SPDX-License-Identifier: Apache-2.0

/// What is loaded with block devices.
public enum NovaBlockDeviceRelation: String, Hashable, Sendable {
  /// The instance that has the device.
  case instance
}
