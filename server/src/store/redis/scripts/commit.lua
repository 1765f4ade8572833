#!lua flags=
-- Orders a batch of commits by the rules in shared/src/sync/log.rs, stores and
-- publishes them: one atomic step, so the order of publishing is the log's order.
-- KEYS meta log ded times
-- ARGV epoch known_seq fresh_epoch publish channel max_bytes always_fits run,
--      then author, number, payload of each commit
local epoch, known, fresh = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local publish, channel = ARGV[4], ARGV[5]
local max_bytes, always_fits, run = tonumber(ARGV[6]), tonumber(ARGV[7]), ARGV[8]
local meta = redis.call('HMGET', KEYS[1], 'e', 's', 'b', 'run')
if not meta[1] then return {'NOBOARD'} end
local seq, bytes = tonumber(meta[2]), tonumber(meta[3])
if meta[1] ~= epoch then return {'EPOCH', meta[1], seq} end
-- The caller has seen more than is here: a tail was lost. After a restart a tail
-- may have been lost and partly written again, which no count can show, so the
-- first batch after a restart begins an epoch too. An empty run means
-- that this server never loses anything.
if seq < known or (run ~= '' and meta[4] ~= run) then
  redis.call('HSET', KEYS[1], 'e', fresh, 'run', run)
  redis.call(publish, channel, 'E' .. fresh)
  return {'EPOCH', fresh, seq}
end
local first, last, numbers = seq + 1, {}, {}
local reply, run_of_commits = {'DONE'}, {}
for i = 9, #ARGV, 3 do
  local author, text, payload = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local cno = tonumber(text)
  if not last[author] then last[author] = tonumber(redis.call('HGET', KEYS[3], author) or 0) end
  if cno <= last[author] then
    reply[#reply + 1], reply[#reply + 2] = 'D', 0
  elseif cno ~= last[author] + 1 then
    reply[#reply + 1], reply[#reply + 2] = 'G', last[author]
  elseif bytes + #payload > max_bytes and #payload > always_fits then
    reply[#reply + 1], reply[#reply + 2] = 'F', 0
  else
    -- The first write of all; if it fails, nothing has changed.
    redis.call('XADD', KEYS[2], string.format('%.0f-0', seq + 1),
      'c', author, 'n', text, 'd', payload)
    seq, bytes, last[author] = seq + 1, bytes + #payload, cno
    numbers[#numbers + 1], numbers[#numbers + 2] = author, text
    run_of_commits[#run_of_commits + 1] =
      author .. struct.pack('>I8I4', cno, #payload) .. payload
    reply[#reply + 1], reply[#reply + 2] = 'S', seq
  end
end
if seq >= first then
  redis.call('HSET', KEYS[1], 's', string.format('%.0f', seq), 'b', string.format('%.0f', bytes))
  redis.call('HSET', KEYS[3], unpack(numbers))
  -- The first commit of each second.
  redis.call('ZADD', KEYS[4], 'NX', string.format('%.0f', first), redis.call('TIME')[1])
  redis.call(publish, channel,
    'C' .. epoch .. struct.pack('>I8', first) .. table.concat(run_of_commits))
end
return reply
