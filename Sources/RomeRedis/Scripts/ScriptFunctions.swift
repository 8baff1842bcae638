// SPDX-License-Identifier: Apache-2.0

/// The functions in Lua that several scripts need. A script makes them anew each time that it runs, so one that is run often takes
/// only those that it needs.
enum ScriptFunctions {
  /// Ends the script because of a key that holds something else than Rome has written.
  static let foreign = """
    local function foreign(key) error({err = '\(ServerError.foreign) ' .. key}) end
    """

  /// The time of the server in microseconds.
  static let time = """
    local function time()
      local t = redis.call('TIME')
      return t[1] * 1000000 + t[2]
    end
    """

  /// The revision after the last one, which is nothing in an empty store. Needs ``foreign``.
  static let successor = """
    local function successor(last, now, meta)
      if not last then return now end
      last = tonumber(last)
      -- Greater numbers have no successor in Lua.
      if not last or last >= 2 ^ 53 then foreign(meta) end
      return math.max(now, last + 1)
    end
    """

  /// These and more, for the scripts that are run less often.
  static let all = """
    local call = redis.call
    \(foreign)
    \(time)
    \(successor)
    local function pack(number) return struct.pack('>I8', number) end
    local function unpack8(bytes, position)
      if #bytes < position + 7 then foreign('a lease') end
      return (struct.unpack('>I8', bytes, position))
    end
    local function decimal(number) return string.format('%.0f', number) end
    local function nextRevision(meta, now)
      local last = call('HGET', meta, 'revision')
      local revision = successor(last, now, meta)
      if last then
        call('HSET', meta, 'revision', decimal(revision))
      else
        call('HSET', meta, 'revision', decimal(revision), 'format', '\(RedisLayout.format)')
      end
      return revision
    end

    """
}
