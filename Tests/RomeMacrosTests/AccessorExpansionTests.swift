// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite struct AccessorExpansionTests {
  @Test func aColumnReadsAndWritesTheState() {
    assertExpansion(
      """
      final class A {
        @_Column(12) var born: Date = .now
      }
      """,
      """
      final class A {
        var born: Date {
          get {
            entityState[12]
          }
          set {
            entityState[12] = newValue
          }
        }
      }
      """)
  }

  @Test func markersAddNothing() {
    assertExpansion(
      """
      final class A {
        @PrimaryKey @Column("x") var id: Int?
        @Indexed @References(B.self) var other: Int?
      }
      """,
      """
      final class A {
        var id: Int?
        var other: Int?
      }
      """)
  }
}
