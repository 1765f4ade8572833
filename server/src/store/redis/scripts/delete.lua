#!lua flags=allow-oom
-- Deletes a board whose record still has this version, and leaves a marker, so that no server brings
-- the board back. Every other script takes a meta key with nothing but the marker for an unknown
-- board. A Redis without memory must be able to do it.
-- KEYS meta, then all other keys of the board   ARGV version
if redis.call('HGET', KEYS[1], 'rv') ~= ARGV[1] then return 0 end
for i = 2, #KEYS do redis.call('UNLINK', KEYS[i]) end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'gone', 1)
return 1
