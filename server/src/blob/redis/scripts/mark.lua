#!lua flags=allow-oom
-- Notes since when a complete blob is not needed; 0 if it is. A Redis without memory must be able to
-- do it, because otherwise its blobs could never be removed.
-- KEYS blobs   ARGV hash since
local entry = redis.call('HGET', KEYS[1], ARGV[1])
local length = entry and string.match(entry, '^c (%d+)')
if not length then return 0 end
local marked = string.format('c %s 0 %s', length, ARGV[2])
if marked ~= entry then redis.call('HSET', KEYS[1], ARGV[1], marked) end
return 1
