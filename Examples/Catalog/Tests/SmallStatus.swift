// SPDX-License-Identifier: Apache-2.0

import CatalogKit

/// A package database that has, in a few packages, all that makes dependencies difficult.
enum SmallStatus {
  static let text = """
    Package: dpkg
    Status: install ok installed
    Priority: required
    Section: admin
    Installed-Size: 6000
    Maintainer: Dpkg Developers <dpkg@example.org>
    Architecture: amd64
    Multi-Arch: foreign
    Version: 1.21.22
    Pre-Depends: libc (>= 2.36-9+deb12u14), libnothing | libc
    Depends: tar (>= 1.28-1)

    Package: libc
    Status: install ok installed
    Section: libs
    Installed-Size: 13001
    Maintainer: Libc <libc@example.org>
    Architecture: amd64
    Multi-Arch: same
    Version: 2.36-9+deb12u14
    Breaks: old (<< 1)

    Package: libc
    Status: install ok installed
    Section: libs
    Installed-Size: 12000
    Maintainer: Libc <libc@example.org>
    Architecture: i386
    Multi-Arch: same
    Version: 2.36-9+deb12u14

    Package: tar
    Status: install ok installed
    Section: utils
    Installed-Size: 3000
    Maintainer: One <one@example.org>
    Architecture: amd64
    Version: 1.28-1~
    Depends: libc (>> 2.36), libc (<< 2.37)

    Package: python
    Status: install ok installed
    Section: python
    Installed-Size: 500
    Maintainer: One <one@example.org>
    Architecture: amd64
    Multi-Arch: allowed
    Version: 3.11
    Provides: python-minimal (= 3.11), python-virtual
    Depends: libc (= 2.36-9+deb12u014), self-made
    Recommends: ca-certificates

    Package: script
    Status: install ok triggers-pending
    Section: python
    Installed-Size: 500
    Architecture: all
    Version: 0~rc1-1
    Depends: python:any, python-virtual, python-minimal (>= 3.2~),
     tar [!amd64], missing | dpkg:any
    Recommends: python-virtual (>= 1), libc:i386
    Suggests: nowhere, older (<= 4), older (>= 4), older (>> 4), older (<< 4), older (= 4)
    Description: a script
     that is described
     .
     at length

    Package: foreigner
    Status: install ok installed
    Section: libs
    Architecture: i386
    Version: 1
    Depends: dpkg, tar, libc, python
    Provides: self-made
    Maintainer: Libc <libc@example.org>

    Package: mta
    Status: install ok installed
    Installed-Size: 0
    Architecture: amd64
    Version: 1:0
    Provides: mail-transport-agent, mta-two
    Depends: mail-transport-agent, libc:any, gone (<= 5) | older (<< 4)

    Package: gone
    Status: deinstall ok config-files
    Section: libs
    Architecture: amd64
    Version: 4
    Conffiles:
     /etc/gone 0123456789abcdef

    Package: older
    Status: install ok installed
    Section: libs
    Installed-Size: 13001
    Architecture: amd64
    Version: 4

    """

  static func file() throws -> StatusFile { try parse(text) }

  static func parse(_ text: String) throws -> StatusFile {
    try StatusFile(ControlFile(name: "small", text: text))
  }
}
