// SPDX-License-Identifier: Apache-2.0

/// The script that applies a commit.
///
/// Redis can't take back what a script has written, so everything that could fail is looked at before the first write: the
/// types of all keys, every check, and whether the commit was settled before.
///
/// A revision is the server's time in microseconds, or one more than the last when that is not greater. So a revision
/// never comes back, also when a server that had lost its last second is started again.
enum CommitScript {
  /// KEYS: meta, commits, then those that the operations name by their numbers.
  /// ARGV: the id; how long (µs) and how many commits are remembered; the operations; then what these need, in their order.
  ///
  /// An operation is a letter, the numbers of one or two keys, and a count, in 13 bytes: they cost less than four arguments
  /// would. First come those that look at the types of keys, then the checks, then `W` and the writes. A key needs
  /// no look when a check reads it anyway: the script ends there when it is of another type. The comments at the operations tell the
  /// rest.
  ///
  /// The id of the commit is the first write, so that one command finds out whether it is there and puts it in; when a later write
  /// fails, it becomes that of a commit that was not applied. A check that fails asks for it, because a commit that was applied may fail its own checks.
  ///
  /// The answer is `c` and the revision, `r` when the id was settled as not committed, or the number of the check that
  /// failed.
  static let body = """
    local call, id, operations, argument, position = redis.call, ARGV[1], ARGV[4], 5, 1
    local chunk = 1000

    \(ScriptFunctions.foreign)
    \(ScriptFunctions.time)
    \(ScriptFunctions.successor)

    -- What is answered for a commit that was settled before.
    local function settled()
      local known = tonumber(call('ZSCORE', KEYS[2], id))
      return known and (known < 0 and 'r' or 'c' .. struct.pack('>I8', known))
    end

    -- Does something for parts of many arguments that fit on the stack of Lua.
    local function forEachPart(count, body)
      for first = 0, count - 1, chunk do body(first, math.min(chunk, count - first)) end
    end

    local check, now = 0, nil
    while position <= #operations do
      local operation, first, second, count, failed
      operation, first, second, count, position = struct.unpack('>c1I4I4I4', operations, position)
      local key = KEYS[first]
      if operation == 'W' then
        break
      elseif operation == 'h' or operation == 'z' then
        -- A key must be a hash or a sorted set.
        local reply = redis.pcall(operation == 'h' and 'HLEN' or 'ZCARD', key)
        if type(reply) == 'table' and reply.err then
          if reply.err:sub(1, 9) == 'WRONGTYPE' then foreign(key) end
          return reply
        end
        count = 0
      elseif operation == 'V' then
        -- Rows at their versions. Many of one table at once, as with the next.
        if count == 1 then
          local row = call('HGET', key, ARGV[argument])
          if not row or row:sub(1, 8) ~= ARGV[argument + 1] then failed = 0 end
        else
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
        end
        argument = argument + 2 * count
      elseif operation == 'A' then
        -- No rows.
        if count == 1 then
          if call('HEXISTS', key, ARGV[argument]) == 1 then failed = 0 end
        else
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
        end
        argument = argument + count
      elseif operation == 'E' then
        -- Rows, whatever their versions.
        for i = 1, count do
          if call('HEXISTS', key, ARGV[argument + i - 1]) ~= 1 then
            failed = i - 1
            break
          end
        end
        argument = argument + count
      elseif operation == 'G' or operation == 'H' then
        -- A range has these keys and no others: those of rows, or those in front of the suffixes of an index.
        local found = call(
          'ZRANGEBYLEX', key, ARGV[argument], ARGV[argument + 1], 'LIMIT', 0, count + 1)
        if #found ~= count then failed = 0 end
        argument = argument + 2
        local last = operation == 'G' and -1 or -1 - \(EntryMember.suffixLength)
        for i = 1, #found do
          if found[i]:sub(1, last) ~= ARGV[argument + i - 1] then failed = 0 end
        end
        argument = argument + count
        count = 1
      elseif operation == 'C' then
        -- A range has so many entries.
        if call('ZLEXCOUNT', key, ARGV[argument], ARGV[argument + 1]) ~= count then failed = 0 end
        argument = argument + 2
        count = 1
      else
        -- 'L': a lease is held.
        now = now or time()
        local lease = call('HGET', key, ARGV[argument])
        if lease and #lease < 16 then foreign('a lease') end
        if not lease or struct.unpack('>I8', lease, 9) <= now or lease:sub(1, 8) ~= ARGV[argument + 1] then
          failed = 0
        end
        argument = argument + 2
      end
      if failed then return settled() or check + failed end
      check = check + count
    end

    local last = call('HGET', KEYS[1], 'revision')
    if position > #operations then return settled() or 'c' .. struct.pack('>I8', tonumber(last or 0)) end

    now = now or time()
    local revision = successor(last, now, KEYS[1])
    local text, version = string.format('%.0f', revision), struct.pack('>I8', revision)

    -- The first write: it is not made if the key is of another type.
    if call('ZADD', KEYS[2], 'NX', text, id) == 0 then return settled() end

    local function apply()
      if last then
        call('HSET', KEYS[1], 'revision', text)
      else
        call('HSET', KEYS[1], 'revision', text, 'format', '\(RedisLayout.format)')
      end
      while position <= #operations do
        local operation, first, second, count
        operation, first, second, count, position = struct.unpack('>c1I4I4I4', operations, position)
        local key = KEYS[first]
        if operation == 'P' then
          -- Rows. Those that were there have their keys in the sorted set already.
          if count == 1 then
            local field = ARGV[argument]
            if call('HSET', key, field, version .. ARGV[argument + 1]) > 0 then
              call('ZADD', KEYS[second], '0', field)
            end
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
              if call('HSET', key, unpack(pairs)) > 0 then call('ZADD', KEYS[second], unpack(members)) end
            end)
          end
          argument = argument + 2 * count
        elseif operation == 'I' then
          -- Entries of an index.
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
        elseif operation == 'X' or operation == 'D' then
          -- Entries that are removed, and rows.
          forEachPart(count, function(first, length)
            local begin = argument + first
            if operation == 'D' then call('HDEL', key, unpack(ARGV, begin, begin + length - 1)) end
            call('ZREM', KEYS[second], unpack(ARGV, begin, begin + length - 1))
          end)
          argument = argument + count
        else
          -- 'S': a sequence. Numbers of 64 bits are more than Lua's can hold, so they are compared by their digits.
          local name, number = ARGV[argument], ARGV[argument + 1]
          local present = call('HGET', key, name) or '0'
          if #present < #number or (#present == #number and present < number) then
            call('HSET', key, name, number)
          end
          argument = argument + 2
        end
      end

      local total, limit = call('ZCARD', KEYS[2]), tonumber(ARGV[3])
      if total > limit or revision % 32 == 0 then
        local refused = call('ZCOUNT', KEYS[2], '-inf', '(0')
        local old = call('ZCOUNT', KEYS[2], '(0', string.format('%.0f', now - ARGV[2]))
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
      -- A commit that failed half way must not count as applied.
      redis.pcall('ZADD', KEYS[2], string.format('%.0f', -now), id)
      if type(problem) == 'table' then problem = problem.err end
      return redis.error_reply('ROMETORN ' .. tostring(problem))
    end
    return 'c' .. version
    """
}
