// SPDX-License-Identifier: Apache-2.0

/// The scripts that compare the hash of a table's rows with the sorted set of its keys. A script sees one state of the server,
/// so what one finds is proved.
enum LayoutScripts {
  /// KEYS: the hash of the rows; the sorted set of their keys. ARGV: `r` to walk over the rows, `k` over the keys; where to go
  /// on; about how many to look at.
  ///
  /// The answer is an array: where to go on, how many were looked at, the bytes of their values, and each problem as its kind
  /// and key.
  static let inspection = """
    local walksRows = ARGV[1] == 'r'
    local page = redis.call(
      walksRows and 'HSCAN' or 'ZSCAN', KEYS[walksRows and 1 or 2], ARGV[2], 'COUNT', ARGV[3])
    local found, problems, bytes = page[2], {}, 0
    for i = 1, #found, 2 do
      local key, value, kind = found[i], found[i + 1], nil
      if walksRows then
        bytes = bytes + #value
        if #value < \(RedisLayout.versionLength) then
          kind = 'foreignRow'
        elseif not redis.call('ZSCORE', KEYS[2], key) then
          kind = 'unlistedRow'
        end
      elseif redis.call('HEXISTS', KEYS[1], key) == 0 then
        kind = 'phantomKey'
      elseif tonumber(value) ~= 0 then
        kind = 'misplacedEntry'
      end
      if kind then
        problems[#problems + 1] = kind
        problems[#problems + 1] = key
      end
    end
    return {page[1], #found / 2, bytes, problems}
    """

  /// KEYS: the hash of the rows; a sorted set, of keys or of the entries of an index. ARGV: what is wrong; the member.
  ///
  /// The answer is 1 when it was mended, 0 when nothing of the kind is wrong.
  static let mending = """
    local kind, member = ARGV[1], ARGV[2]
    local score = redis.call('ZSCORE', KEYS[2], member)
    if kind == 'unlistedRow' then
      if score or redis.call('HEXISTS', KEYS[1], member) == 0 then return 0 end
      return redis.call('ZADD', KEYS[2], 0, member)
    elseif kind == 'phantomKey' then
      if not score or redis.call('HEXISTS', KEYS[1], member) == 1 then return 0 end
      return redis.call('ZREM', KEYS[2], member)
    elseif kind == 'misplacedEntry' then
      if not score or tonumber(score) == 0 then return 0 end
      redis.call('ZADD', KEYS[2], 0, member)
      return 1
    elseif kind == 'foreignEntry' then
      return redis.call('ZREM', KEYS[2], member)
    end
    return 0
    """
}
