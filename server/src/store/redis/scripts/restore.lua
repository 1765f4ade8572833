#!lua flags=
-- Restores a lost board from a snapshot, unless it is there or was deleted.
-- KEYS meta log snap ded arch
-- ARGV epoch seq record snapshot snapshot_bytes publish channel run,
--      then author and number of each author
local meta = redis.call('HMGET', KEYS[1], 'e', 's', 'gone')
if meta[3] then return false end
if meta[1] then return {meta[1], meta[2]} end
redis.call('DEL', KEYS[2], KEYS[3], KEYS[4], KEYS[5])
redis.call('SET', KEYS[3], ARGV[4])
for i = 9, #ARGV, 2 do redis.call('HSET', KEYS[4], ARGV[i], ARGV[i + 1]) end
redis.call('HSET', KEYS[1], 'v', 1, 'e', ARGV[1], 's', ARGV[2], 'b', ARGV[5], 'ss', ARGV[2],
  'sb', ARGV[5], 'fl', ARGV[2], 'r', ARGV[3], 'rv', 1, 'run', ARGV[8])
redis.call(ARGV[6], ARGV[7], 'E' .. ARGV[1])
return {ARGV[1], ARGV[2]}
