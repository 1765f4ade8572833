#!lua flags=no-writes
-- Reads a board as one consistent state.
-- KEYS meta log snap
local meta = redis.call('HMGET', KEYS[1], 'e', 's', 'rv', 'ss', 'fl')
if not meta[1] then return false end
local from = string.format('%.0f-0', tonumber(meta[5]) + 1)
return {meta[1], meta[2], meta[3], meta[4], redis.call('GET', KEYS[3]),
  redis.call('XRANGE', KEYS[2], from, '+')}
