#!lua flags=
-- Notes the user of a client, if the board is there.
-- KEYS meta clients   ARGV client author
if redis.call('HEXISTS', KEYS[1], 'e') == 0 then return 0 end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
return 1
