// SPDX-License-Identifier: Apache-2.0

/// The script that looks whether the store can be used, before it is.
///
/// Redis asks for permission at each command of a script, and can't take back those before: a commit must not find out
/// half way that its user may not remove anything.
enum GreetingScript {
  /// KEYS: meta, commits, sequences, leases, any hash of rows, any sorted set of an index, any queue.
  ///
  /// The answer is the format of the layout and the newest revision, each nothing in an empty store.
  static let body = """
    local meta, commits, sequences, leases, rows, index, queue = unpack(KEYS)
    local commands = {
      {'EVALSHA', string.rep('0', 40), '1', meta}, {'TIME'},
      {'HGET', meta, 'f'}, {'HMGET', meta, 'f'}, {'HSET', meta, 'f', 'v'},
      {'ZSCORE', commits, 'm'}, {'ZADD', commits, '0', 'm'}, {'ZCARD', commits}, {'ZCOUNT', commits, '0', '0'},
      {'ZRANGE', commits, '0', '0'}, {'ZREMRANGEBYRANK', commits, '0', '0'},
      {'ZREMRANGEBYSCORE', commits, '0', '0'},
      {'HGET', sequences, 'f'}, {'HSET', sequences, 'f', 'v'}, {'HINCRBY', sequences, 'f', '1'},
      {'HGET', leases, 'f'}, {'HSET', leases, 'f', 'v'}, {'HDEL', leases, 'f'},
      {'HLEN', rows}, {'HMGET', rows, 'f'}, {'HEXISTS', rows, 'f'}, {'HSET', rows, 'f', 'v'}, {'HDEL', rows, 'f'},
      {'ZCARD', index}, {'ZADD', index, '0', 'm'}, {'ZREM', index, 'm'}, {'ZLEXCOUNT', index, '-', '+'},
      {'ZRANGEBYLEX', index, '-', '+'}, {'ZREVRANGEBYLEX', index, '+', '-'},
      {'HGETALL', queue}, {'HSET', queue, 'f', 'v'}, {'HDEL', queue, 'f'}, {'PEXPIREAT', queue, '1'},
    }
    for _, command in ipairs(commands) do
      if not redis.acl_check_cmd(unpack(command)) then
        return redis.error_reply('NOPERM it may not run ' .. command[1] .. ' on the keys of the namespace')
      end
    end
    return redis.call('HMGET', meta, 'format', 'revision')
    """
}
