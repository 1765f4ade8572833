#!lua flags=
-- Notes since when a complete blob is not needed; 0 if it is.
-- KEYS blobs   ARGV hash since
local entry = redis.call('HGET', KEYS[1], ARGV[1])
local length = entry and string.match(entry, '^c (%d+)')
if not length then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], string.format('c %s 0 %s', length, ARGV[2]))
return 1
