#!lua flags=allow-oom
-- Removes a blob that still is as it was seen: unfinished since its last piece (u), complete and marked
-- (c), or unfinished and of a generation (g). A Redis without memory must be able to do it, because
-- otherwise its blobs could never be removed.
-- KEYS blobs chunk…   ARGV hash how value
local entry = redis.call('HGET', KEYS[1], ARGV[1])
if not entry then return 0 end
local stage, time, generation = string.match(entry, '^(%a) %d+ %d+ (%d+) ?(%d*)$')
if generation == '' then generation = '0' end
local how, value = stage, time
if ARGV[2] == 'g' and stage == 'u' then how, value = 'g', generation end
if how ~= ARGV[2] or value ~= ARGV[3] then return 0 end
redis.call('HDEL', KEYS[1], ARGV[1])
for i = 2, #KEYS do redis.call('UNLINK', KEYS[i]) end
return 1
