#!lua flags=
-- Does all that a commit needs of Redis, so that a refusal shows before anybody draws: a script,
-- a write and a message.
-- KEYS a key of this server   ARGV publish, a channel of this server
redis.call('SET', KEYS[1], 1, 'EX', 3600)
redis.call(ARGV[1], ARGV[2], '')
return 1
