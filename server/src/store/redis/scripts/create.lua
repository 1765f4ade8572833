#!lua flags=
-- Makes an empty board, unless it is there. Leftovers of a board that lost its
-- meta key are cleared first; the meta key comes last, so that a script that
-- fails half-way leaves no board.
-- KEYS meta log snap ded arch   ARGV epoch record run
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('DEL', KEYS[2], KEYS[3], KEYS[4], KEYS[5])
redis.call('HSET', KEYS[1], 'v', 1, 'e', ARGV[1], 's', 0, 'b', 0, 'ss', 0, 'sb', 0, 'fl', 0,
  'r', ARGV[2], 'rv', 1, 'run', ARGV[3])
return 1
