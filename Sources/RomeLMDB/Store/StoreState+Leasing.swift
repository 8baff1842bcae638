// SPDX-License-Identifier: Apache-2.0

import Rome

extension StoreState {
  /// A lock, without what has expired.
  func lock(_ name: String) throws(StoreError) -> LockRecord<BootInstant> {
    // Leases are those of processes of this machine: none of them has outlived its last start.
    guard try meta.get(MetaKey.boot) == BootInstant.bootID else { return LockRecord() }
    var lock = try meta.withValue(try MetaKey.lock(name)) { value throws(StoreError) in
      try value.map { value throws(StoreError) in try LockBytes.decode(value) } ?? LockRecord()
    }
    lock.advance(to: .now)
    return lock
  }

  func acquire(_ request: LeaseRequest) throws(StoreError) -> LeaseAnswer {
    var lock = try lock(request.name)
    let before = try number(MetaKey.token)
    var token = before
    let answer = lock.answer(request, .now, lastToken: &token)
    if token != before { try meta.put(MetaKey.token, token.bytes) }
    try store(lock, request.name)
    return answer
  }

  func renew(_ name: String, _ token: FencingToken, _ duration: Duration) throws(StoreError) -> Bool {
    var lock = try lock(name)
    let now = BootInstant.now
    guard lock.isHeld(token, now) else { return false }
    lock.lease?.end = now.advanced(byAtMost: duration)
    try store(lock, name)
    return true
  }

  func release(_ name: String, _ token: FencingToken) throws(StoreError) -> Bool {
    var lock = try lock(name)
    guard lock.isHeld(token, .now) else { return false }
    lock.lease = nil
    try store(lock, name)
    return true
  }

  func withdraw(_ name: String, _ claimant: LeaseClaimant) throws(StoreError) {
    var lock = try lock(name)
    lock.withdraw(claimant)
    try store(lock, name)
  }

  private func store(_ lock: LockRecord<BootInstant>, _ name: String) throws(StoreError) {
    if try meta.get(MetaKey.boot) != BootInstant.bootID {
      try forgetLocks()
      try meta.put(MetaKey.boot, BootInstant.bootID)
    }
    let key = try MetaKey.lock(name)
    if lock.isIdle { try meta.delete(key) } else { try meta.put(key, LockBytes.encode(lock)) }
  }

  /// Removes the locks of an earlier start of the machine.
  private func forgetLocks() throws(StoreError) {
    try meta.withCursor { cursor throws(StoreError) in
      // Where a cursor is after a deletion at the end of a page is left open by LMDB, so each lock is looked for.
      while let lock = try cursor.seek(MetaKey.locks), lock.key.first == MetaKey.locks[0] { try cursor.delete() }
    }
  }
}
