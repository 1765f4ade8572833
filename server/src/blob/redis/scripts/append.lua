#!lua flags=
-- Adds a piece, which lies within one chunk, to the end of an unfinished blob. A blob that begins must
-- fit the board.
-- KEYS blobs chunk   ARGV hash offset length bytes now seconds chunk_bytes generation
--                         board_blobs board_bytes unfinished_of_board

-- The limit that a new blob would exceed, if any.
local function exceeded(length)
  local entries, count, bytes, unfinished = redis.call('HGETALL', KEYS[1]), 0, 0, 0
  for i = 1, #entries, 2 do
    if entries[i] ~= ARGV[1] then
      local stage, known = string.match(entries[i + 1], '^(%a) (%d+)')
      count, bytes = count + 1, bytes + (tonumber(known) or 0)
      if stage == 'u' then unfinished = unfinished + 1 end
    end
  end
  if count >= tonumber(ARGV[9]) then return 'blobs' end
  if bytes + length > tonumber(ARGV[10]) then return 'bytes' end
  if unfinished >= tonumber(ARGV[11]) then return 'unfinished' end
end

local offset, length, at = tonumber(ARGV[2]), tonumber(ARGV[3]), 0
local generation = ARGV[8]
local entry = redis.call('HGET', KEYS[1], ARGV[1])
if entry then
  local stage, known, stored, _, began = string.match(entry, '^(%a) (%d+) (%d+) (%d+) ?(%d*)')
  if stage == 'c' then return {'C', 0} end
  if tonumber(known) == length then at = tonumber(stored) end
  if at > 0 then generation = began end
end
if at ~= offset then return {'E', at} end
if offset == 0 then
  local limit = exceeded(length)
  if limit then return {limit, 0} end
end
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
if generation == '' then generation = '0' end
redis.call('HSET', KEYS[1], ARGV[1], string.format('u %.0f %.0f %s %s', length, at, ARGV[5], generation))
return {'S', at}
