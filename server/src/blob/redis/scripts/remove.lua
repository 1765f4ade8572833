#!lua flags=
-- Removes a blob, complete or not.
-- KEYS blobs chunk…   ARGV hash
redis.call('HDEL', KEYS[1], ARGV[1])
for i = 2, #KEYS do redis.call('UNLINK', KEYS[i]) end
return 1
