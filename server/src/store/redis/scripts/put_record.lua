#!lua flags=
-- Replaces a board's record if its version is still the given one.
-- KEYS meta   ARGV version record
if redis.call('HGET', KEYS[1], 'rv') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'r', ARGV[2], 'rv', string.format('%.0f', tonumber(ARGV[1]) + 1))
return 1
