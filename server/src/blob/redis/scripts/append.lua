#!lua flags=
-- Adds a piece, which lies within one chunk, to the end of an unfinished blob.
-- KEYS blobs chunk   ARGV hash offset length bytes now seconds chunk_bytes
local offset, length, at = tonumber(ARGV[2]), tonumber(ARGV[3]), 0
local entry = redis.call('HGET', KEYS[1], ARGV[1])
if entry then
  local stage, known, stored = string.match(entry, '^(%a) (%d+) (%d+)')
  if stage == 'c' then return {'C', 0} end
  if tonumber(known) == length then at = tonumber(stored) end
end
if at ~= offset then return {'E', at} end
local within = offset % tonumber(ARGV[7])
if within == 0 then
  redis.call('SET', KEYS[2], ARGV[4], 'EX', ARGV[6])
elseif redis.call('STRLEN', KEYS[2]) == within then
  redis.call('APPEND', KEYS[2], ARGV[4])
  redis.call('EXPIRE', KEYS[2], ARGV[6])
else
  -- The first bytes have expired.
  redis.call('HDEL', KEYS[1], ARGV[1])
  return {'E', 0}
end
at = offset + #ARGV[4]
redis.call('HSET', KEYS[1], ARGV[1], string.format('u %.0f %.0f %s', length, at, ARGV[5]))
return {'S', at}
