// SPDX-License-Identifier: Apache-2.0

/// The scripts that apply a commit and that settle one.
///
/// Redis can't take back what a script has written, so everything that could fail is looked at before the first write: the
/// types of all keys, the id of the commit, and every check.
///
/// A revision is the server's time in microseconds, or one more than the last when that is not greater. So a revision
/// never comes back, also when a server that had lost its last second is started again.
enum CommitScript {
  /// The functions that several scripts need.
  static let clock = """
    local call = redis.call
    local function time()
      local t = call('TIME')
      return tonumber(t[1]) * 1000000 + tonumber(t[2])
    end
    local function pack(number) return struct.pack('>I8', number) end
    local function foreign(key) error({err = '\(ServerError.foreign) ' .. key}) end
    local function unpack8(bytes, position)
      if #bytes < position + 7 then foreign('a lease') end
      return (struct.unpack('>I8', bytes, position))
    end
    local function decimal(number) return string.format('%.0f', number) end
    local function nextRevision(meta, now)
      local last = call('HGET', meta, 'revision')
      local revision = now
      if last then
        last = tonumber(last)
        -- Greater numbers have no successor in Lua.
        if not last or last >= 2 ^ 53 then foreign(meta) end
        if last >= revision then revision = last + 1 end
      end
      local text = decimal(revision)
      if last then
        call('HSET', meta, 'revision', text)
      else
        call('HSET', meta, 'revision', text, 'format', '\(RedisLayout.format)')
      end
      return revision, text
    end

    """

  /// KEYS: meta, commits, sequences, leases, then the key spaces.
  /// ARGV: the id; how long (µs) and how many commits are remembered; a letter for each key, see below; then the checks,
  /// `W`, and the writes.
  ///
  /// The letters: `h` for a hash and `z` for a sorted set, which are looked at before the first write; `-` for a key that is not
  /// used, or that a check or the clock reads before the first write anyway: the script ends there when it is of another type.
  ///
  /// The answer is `c` and the revision, `r` when the id was settled as not committed, or the number of the check that
  /// failed.
  static let body =
    clock + """
      local argument, size = 5, #ARGV
      local chunk = 1000

      -- Calls a command with some of the arguments, in parts that fit on the stack of Lua; every step-th is one of them.
      local function forEachPart(count, body)
        for first = 0, count - 1, chunk do body(first, math.min(chunk, count - first)) end
      end

      local types = ARGV[4]
      for i = 1, #types do
        local kind = types:byte(i)
        if kind ~= 45 then
          local reply = redis.pcall(kind == 104 and 'HLEN' or 'ZCARD', KEYS[i])
          if type(reply) == 'table' and reply.err then
            if reply.err:sub(1, 9) == 'WRONGTYPE' then foreign(KEYS[i]) end
            return reply
          end
        end
      end

      local known = call('ZSCORE', KEYS[2], ARGV[1])
      if known then
        known = tonumber(known)
        if known < 0 then return 'r' end
        return 'c' .. pack(known)
      end

      local check, now = 0, nil
      while argument <= size do
        local operation = ARGV[argument]
        if operation == 'W' then
          argument = argument + 1
          break
        elseif operation == 'L' then
          now = now or time()
          local lease = call('HGET', KEYS[4], ARGV[argument + 1])
          if not lease or unpack8(lease, 9) <= now or lease:sub(1, 8) ~= ARGV[argument + 2] then
            return check
          end
          argument = argument + 3
          check = check + 1
        elseif operation == 'G' or operation == 'H' then
          local count = tonumber(ARGV[argument + 4])
          local found = call(
            'ZRANGEBYLEX', KEYS[tonumber(ARGV[argument + 1])], ARGV[argument + 2], ARGV[argument + 3],
            'LIMIT', 0, count + 1)
          if #found ~= count then return check end
          argument = argument + 4
          local last = operation == 'G' and -1 or -1 - \(EntryMember.suffixLength)
          for i = 1, count do
            if found[i]:sub(1, last) ~= ARGV[argument + i] then return check end
          end
          argument = argument + count + 1
          check = check + 1
        elseif operation == 'C' then
          local count = call('ZLEXCOUNT', KEYS[tonumber(ARGV[argument + 1])], ARGV[argument + 2], ARGV[argument + 3])
          if count ~= tonumber(ARGV[argument + 4]) then return check end
          argument = argument + 5
          check = check + 1
        else
          -- 'V': a row and its version; 'A': no row; 'E': a row. Many of one table at once.
          local key, count = KEYS[tonumber(ARGV[argument + 1])], tonumber(ARGV[argument + 2])
          argument = argument + 3
          local failed
          if operation == 'V' and count == 1 then
            local row = call('HGET', key, ARGV[argument])
            if not row or row:sub(1, 8) ~= ARGV[argument + 1] then failed = 0 end
            argument = argument + 2
          elseif operation == 'V' then
            forEachPart(count, function(first, length)
              if failed then return end
              local fields = {}
              for i = 1, length do fields[i] = ARGV[argument + 2 * (first + i - 1)] end
              local rows = call('HMGET', key, unpack(fields))
              for i = 1, length do
                local row = rows[i]
                if not row or row:sub(1, 8) ~= ARGV[argument + 2 * (first + i) - 1] then
                  failed = first + i - 1
                  return
                end
              end
            end)
            argument = argument + 2 * count
          elseif operation == 'A' and count == 1 then
            if call('HEXISTS', key, ARGV[argument]) == 1 then failed = 0 end
            argument = argument + 1
          elseif operation == 'A' then
            forEachPart(count, function(first, length)
              if failed then return end
              local begin = argument + first
              local rows = call('HMGET', key, unpack(ARGV, begin, begin + length - 1))
              for i = 1, length do
                if rows[i] then
                  failed = first + i - 1
                  return
                end
              end
            end)
            argument = argument + count
          else
            for i = 1, count do
              if call('HEXISTS', key, ARGV[argument + i - 1]) ~= 1 then
                failed = i - 1
                break
              end
            end
            argument = argument + count
          end
          if failed then return check + failed end
          check = check + count
        end
      end

      if argument > size then return 'c' .. pack(tonumber(call('HGET', KEYS[1], 'revision') or 0)) end

      now = now or time()
      local revision, text = nextRevision(KEYS[1], now)
      local version = pack(revision)

      local function apply()
        while argument <= size do
          local operation, key = ARGV[argument], KEYS[tonumber(ARGV[argument + 1])]
          if operation == 'P' then
            local keys, count = KEYS[tonumber(ARGV[argument + 2])], tonumber(ARGV[argument + 3])
            argument = argument + 4
            -- Rows that were there have their keys in the set already.
            if count == 1 then
              local field = ARGV[argument]
              if call('HSET', key, field, version .. ARGV[argument + 1]) > 0 then call('ZADD', keys, '0', field) end
            else
              forEachPart(count, function(first, length)
                local pairs, members = {}, {}
                local from = argument + 2 * first
                for i = 1, 2 * length, 2 do
                  local field = ARGV[from]
                  pairs[i] = field
                  pairs[i + 1] = version .. ARGV[from + 1]
                  members[i] = '0'
                  members[i + 1] = field
                  from = from + 2
                end
                if call('HSET', key, unpack(pairs)) > 0 then call('ZADD', keys, unpack(members)) end
              end)
            end
            argument = argument + 2 * count
          elseif operation == 'D' then
            local keys, count = KEYS[tonumber(ARGV[argument + 2])], tonumber(ARGV[argument + 3])
            argument = argument + 4
            forEachPart(count, function(first, length)
              local begin = argument + first
              call('HDEL', key, unpack(ARGV, begin, begin + length - 1))
              call('ZREM', keys, unpack(ARGV, begin, begin + length - 1))
            end)
            argument = argument + count
          elseif operation == 'I' then
            local count = tonumber(ARGV[argument + 2])
            argument = argument + 3
            if count == 1 then
              call('ZADD', key, '0', ARGV[argument])
            else
              forEachPart(count, function(first, length)
                local members = {}
                for i = 1, length do
                  members[2 * i - 1] = '0'
                  members[2 * i] = ARGV[argument + first + i - 1]
                end
                call('ZADD', key, unpack(members))
              end)
            end
            argument = argument + count
          elseif operation == 'X' then
            local count = tonumber(ARGV[argument + 2])
            argument = argument + 3
            forEachPart(count, function(first, length)
              local begin = argument + first
              call('ZREM', key, unpack(ARGV, begin, begin + length - 1))
            end)
            argument = argument + count
          else
            -- 'S': numbers of 64 bits are more than Lua's can hold, so they are compared by their digits.
            local name, number = ARGV[argument + 2], ARGV[argument + 3]
            local present = call('HGET', key, name) or '0'
            if #present < #number or (#present == #number and present < number) then
              call('HSET', key, name, number)
            end
            argument = argument + 4
          end
        end

        -- Last, so that a commit that failed half way never counts as applied.
        call('ZADD', KEYS[2], text, ARGV[1])
        local total, limit = call('ZCARD', KEYS[2]), tonumber(ARGV[3])
        if total > limit or revision % 32 == 0 then
          local refused = call('ZCOUNT', KEYS[2], '-inf', '(0')
          local old = call('ZCOUNT', KEYS[2], '(0', decimal(now - tonumber(ARGV[2])))
          local excess = math.min(math.max(old, total - refused - limit), chunk)
          if excess > 0 then
            local last = refused + excess - 1
            call('HSET', KEYS[1], 'forgotten', call('ZRANGE', KEYS[2], last, last, 'WITHSCORES')[2])
            call('ZREMRANGEBYRANK', KEYS[2], refused, last)
          end
        end
      end

      local succeeded, problem = pcall(apply)
      if not succeeded then
        if type(problem) == 'table' then problem = problem.err end
        return redis.error_reply('ROMETORN ' .. tostring(problem))
      end
      return 'c' .. version
      """

  /// KEYS: meta, commits. ARGV: the id; a revision that is older than the commit; how long (µs) a refusal is kept.
  ///
  /// The answer is `c` and the revision, `n` when the commit was not applied and never will be, `f` when it may have been
  /// forgotten.
  static let resolution =
    clock + """
      local known = call('ZSCORE', KEYS[2], ARGV[1])
      if known then
        known = tonumber(known)
        if known < 0 then return 'n' end
        return 'c' .. pack(known)
      end
      local forgotten = call('HGET', KEYS[1], 'forgotten')
      if forgotten and tonumber(forgotten) > tonumber(ARGV[2]) then return 'f' end
      local now = time()
      call('ZREMRANGEBYSCORE', KEYS[2], decimal(tonumber(ARGV[3]) - now), '(0')
      call('ZADD', KEYS[2], decimal(-now), ARGV[1])
      return 'n'
      """
}
