// SPDX-License-Identifier: Apache-2.0

import Rome

extension Instance {
  /// The block devices of the instance.
  public static let blockDeviceMapping = NovaToMany<Instance, BlockDeviceMapping>(
    "block_device_mapping", Instance.uuid, BlockDeviceMapping.instanceUUID, .live)

  /// What else is known of the instance.
  public static let extra = NovaToOne<Instance, InstanceExtra>("extra", Instance.uuid, InstanceExtra.instanceUUID, .any)

  /// The latest live fault of the instance, which Nova shows since Train.
  public static let fault = NovaToOne<Instance, InstanceFault>(
    "fault", Instance.uuid, InstanceFault.instanceUUID, .live)

  /// What is known of the network of the instance.
  public static let infoCache = NovaToOne<Instance, InstanceInfoCache>(
    "info_cache", Instance.uuid, InstanceInfoCache.instanceUUID, .any)

  /// The metadata of the user.
  public static let metadata = NovaToMany<Instance, InstanceMetadata>(
    "metadata", Instance.uuid, InstanceMetadata.instanceUUID, .live)

  /// The PCI devices of the instance.
  public static let pciDevices = NovaToMany<Instance, PciDevice>(
    "pci_devices", Instance.uuid, PciDevice.instanceUUID, .live)

  /// The metadata of Nova.
  public static let systemMetadata = NovaToMany<Instance, InstanceSystemMetadata>(
    "system_metadata", Instance.uuid, InstanceSystemMetadata.instanceUUID, .any)

  /// The tags of the instance.
  public static let tags = NovaToMany<Instance, Tag>("tags", Instance.uuid, Tag.resourceID, .anyFromLive)

  /// The tokens that open consoles of the instance.
  public static let consoleAuthTokens = NovaToMany<Instance, ConsoleAuthToken>(
    "console_auth_tokens", Instance.uuid, ConsoleAuthToken.instanceUUID, .any)

  /// The services `nova-compute` of the host of the instance.
  public static let services = NovaToMany<Instance, Service>(
    "services", Instance.host, Service.host, .anyFromLive, where: { Service.binary == "nova-compute" })

  /// The security groups of the instance.
  public static let securityGroups = NovaManyToMany<Instance, SecurityGroupInstanceAssociation, SecurityGroup>(
    "security_groups", from: (Instance.uuid, SecurityGroupInstanceAssociation.instanceUUID),
    to: (SecurityGroupInstanceAssociation.securityGroupID, SecurityGroup.id))
}
