#!lua flags=no-writes
-- The commits after a position, up to a count and about a number of bytes.
-- KEYS meta log   ARGV epoch seq max_commits max_bytes
local meta = redis.call('HMGET', KEYS[1], 'e', 's', 'fl')
local seq, max_commits, max_bytes = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
if meta[1] ~= ARGV[1] or seq < tonumber(meta[3]) then return false end
local found, bytes, part = {}, 0, nil
repeat
  part = redis.call('XRANGE', KEYS[2], string.format('%.0f-0', seq + 1), '+', 'COUNT', 20)
  for _, entry in ipairs(part) do
    found[#found + 1] = entry
    bytes = bytes + #entry[2][6]
    if #found >= max_commits or bytes > max_bytes then return found end
  end
  seq = seq + #part
until #part == 0
return found
