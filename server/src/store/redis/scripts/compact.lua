#!lua flags=
-- Stores a snapshot and moves commits to the archive, fenced by epoch, place and
-- the floor for which the segments were packed.
-- KEYS meta log snap arch
-- ARGV epoch seq floor_before floor snapshot snapshot_bytes archived_bytes, then segments
local meta = redis.call('HMGET', KEYS[1], 'e', 's', 'ss', 'fl', 'b', 'sb')
local seq, floor = tonumber(ARGV[2]), tonumber(ARGV[4])
if meta[1] ~= ARGV[1] or seq <= tonumber(meta[3]) or seq > tonumber(meta[2])
  or tonumber(ARGV[3]) ~= tonumber(meta[4]) then return 0 end
redis.call('SET', KEYS[3], ARGV[5])
for i = 8, #ARGV do redis.call('RPUSH', KEYS[4], ARGV[i]) end
local log_bytes = math.max(0, tonumber(meta[5]) - tonumber(meta[6]) - tonumber(ARGV[7]))
redis.call('HSET', KEYS[1], 'ss', ARGV[2], 'fl', ARGV[4], 'sb', ARGV[6],
  'b', string.format('%.0f', log_bytes + tonumber(ARGV[6])))
redis.call('XTRIM', KEYS[2], 'MINID', '=', string.format('%.0f-0', floor + 1))
return 1
