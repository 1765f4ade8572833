#!lua flags=
-- Stores a page of the conversation, if the board is in this epoch.
-- KEYS meta chat   ARGV epoch number page
if redis.call('HGET', KEYS[1], 'e') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
return 1
