// SPDX-License-Identifier: Apache-2.0

/// The script that scans a range and brings the rows with its entries, in one round trip.
enum RowScanScript {
  /// KEYS: the sorted set; the hash of the rows. ARGV: `f` or `b` for the direction; the bounds in that order; the most
  /// entries; about the most bytes of rows; `i` for the entries of an index, `k` for the keys of rows.
  ///
  /// The answer is an array: whether more may be there (1 or 0), the members, the rows.
  static let body = """
    local limit, budget = tonumber(ARGV[4]), tonumber(ARGV[5])
    local members = redis.call(
      ARGV[1] == 'f' and 'ZRANGEBYLEX' or 'ZREVRANGEBYLEX', KEYS[1], ARGV[2], ARGV[3], 'LIMIT', 0, limit + 1)
    local truncated = 0
    if #members > limit then
      members[#members] = nil
      truncated = 1
    end

    local isIndex = ARGV[6] == 'i'
    local function rowKey(member)
      -- A member that is too short is found to be foreign by who gets it.
      if not isIndex or #member < 4 then return member end
      local high, middle, low = member:byte(-3, -1)
      local key = member:sub(high * 65536 + middle * 256 + low + 1, -5)
      if key:find('%z') then key = key:gsub('%z\\255', '\\0') end
      return key
    end

    local rows, bytes, count, done, part = {}, 0, #members, 0, 8
    while done < count do
      local length = math.min(part, count - done)
      local fields = {}
      for i = 1, length do fields[i] = rowKey(members[done + i]) end
      local found = redis.call('HMGET', KEYS[2], unpack(fields))
      for i = 1, length do
        local row = found[i]
        rows[done + 1] = row
        done = done + 1
        if row then bytes = bytes + #row end
        if bytes > budget then break end
      end
      if bytes > budget and done < count then
        for i = count, done + 1, -1 do members[i] = nil end
        truncated = 1
        break
      end
      -- As many as the rest of the budget takes when the rows go on to be as large, but not many times more than before.
      local expected = (budget - bytes) / math.max(bytes / done, 1)
      part = math.max(1, math.min(part * 8, expected, 1000))
      part = part - part % 1
    end
    return {truncated, members, rows}
    """
}
