// SPDX-License-Identifier: Apache-2.0

/// The scripts of the leases. A lease is its token, its end and its claimant, in 8, 8 and 16 bytes; all times are those of
/// the server.
enum LeaseScripts {
  /// KEYS: meta, leases, the queue of the lock. ARGV: the lock; the claimant; how long the lease and the place in the
  /// queue last (µs).
  ///
  /// The answer is `g` and the token, or an array of how many come before and the microseconds that the lease still lasts.
  static let acquisition =
    ScriptFunctions.all + """
      local name, claimant, duration, patience = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
      local now = time()
      local remaining = 0
      local held = call('HGET', KEYS[2], name)
      if held and unpack8(held, 9) > now then
        if held:sub(17) == claimant then
          call('HSET', KEYS[2], name, held:sub(1, 8) .. pack(now + duration) .. claimant)
          return 'g' .. held:sub(1, 8)
        end
        remaining = unpack8(held, 9) - now
      end

      local waiting = call('HGETALL', KEYS[3])
      local place, others, latest, gone = now, {}, now + patience, {}
      for i = 1, #waiting, 2 do
        local first, deadline = unpack8(waiting[i + 1], 1), unpack8(waiting[i + 1], 9)
        if deadline <= now then
          gone[#gone + 1] = waiting[i]
        elseif waiting[i] == claimant then
          place = first
        else
          others[#others + 1] = {first, waiting[i]}
          latest = math.max(latest, deadline)
        end
      end
      for _, waiter in ipairs(gone) do call('HDEL', KEYS[3], waiter) end
      local ahead = remaining > 0 and 1 or 0
      for _, other in ipairs(others) do
        if other[1] < place or (other[1] == place and other[2] < claimant) then ahead = ahead + 1 end
      end

      if ahead == 0 then
        local token = pack(nextRevision(KEYS[1], now))
        call('HSET', KEYS[2], name, token .. pack(now + duration) .. claimant)
        call('HDEL', KEYS[3], claimant)
        return 'g' .. token
      end
      if patience > 0 then
        call('HSET', KEYS[3], claimant, pack(place) .. pack(now + patience))
        -- A queue that everybody has left behind must not stay for ever.
        call('PEXPIREAT', KEYS[3], decimal(math.floor(latest / 1000) + 1000))
      else
        call('HDEL', KEYS[3], claimant)
      end
      return {ahead, remaining}
      """

  /// KEYS: leases. ARGV: the lock; the token; how long the lease lasts from now (µs). The answer is 1 when it is held.
  static let renewal =
    ScriptFunctions.all + """
      local held = call('HGET', KEYS[1], ARGV[1])
      local now = time()
      if not held or held:sub(1, 8) ~= ARGV[2] or unpack8(held, 9) <= now then return 0 end
      call('HSET', KEYS[1], ARGV[1], held:sub(1, 8) .. pack(now + tonumber(ARGV[3])) .. held:sub(17))
      return 1
      """

  /// KEYS: leases. ARGV: the lock; the token. The answer is 1 when it was held.
  static let release =
    ScriptFunctions.all + """
      local held = call('HGET', KEYS[1], ARGV[1])
      if not held or held:sub(1, 8) ~= ARGV[2] then return 0 end
      local isHeld = unpack8(held, 9) > time()
      call('HDEL', KEYS[1], ARGV[1])
      return isHeld and 1 or 0
      """

  /// KEYS: leases, the queue of the lock. ARGV: the lock; the claimant.
  static let withdrawal =
    ScriptFunctions.all + """
      local held = call('HGET', KEYS[1], ARGV[1])
      call('HDEL', KEYS[2], ARGV[2])
      if held and held:sub(17) == ARGV[2] then call('HDEL', KEYS[1], ARGV[1]) end
      return 1
      """
}
