// SPDX-License-Identifier: Apache-2.0

/// The script that settles a commit in doubt.
enum ResolutionScript {
  /// KEYS: meta, commits. ARGV: the id; a revision that is older than the commit; how long (µs) a refusal is kept.
  ///
  /// The answer is `c` and the revision, `n` when the commit was not applied and never will be, `f` when it may have been
  /// forgotten.
  static let body =
    ScriptFunctions.all + """
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
