#!lua flags=
-- Marks a blob as complete whose chunks are whole and of the generation that was checked. From then on
-- they do not expire.
-- KEYS blobs chunk…   ARGV hash length chunk_bytes generation
local entry = redis.call('HGET', KEYS[1], ARGV[1])
if not entry then return 0 end
if string.sub(entry, 1, 1) == 'c' then return 1 end
local generation = string.match(entry, '^u %d+ %d+ %d+ (%d+)$') or '0'
if generation ~= ARGV[4] then return 0 end
local left = tonumber(ARGV[2])
for i = 2, #KEYS do
  local bytes = math.min(left, tonumber(ARGV[3]))
  if redis.call('STRLEN', KEYS[i]) ~= bytes then return 0 end
  left = left - bytes
end
if left ~= 0 then return 0 end
for i = 2, #KEYS do redis.call('PERSIST', KEYS[i]) end
redis.call('HSET', KEYS[1], ARGV[1], string.format('c %s 0 0', ARGV[2]))
return 1
