-- Tells how many calls of links are confirmed. A count only grows, so the larger of two is the newer.
-- KEYS: for each link: confirmed count, pending requests   ARGV: 1 request id that is confirmed or '', 2 life of a count in ms, then the counts
for k = 1, #KEYS, 2 do
  local count = tonumber(ARGV[2 + (k + 1) / 2])
  local known = tonumber(redis.call('GET', KEYS[k]) or -1)
  redis.call('SET', KEYS[k], string.format('%.0f', math.max(known, count)), 'PX', ARGV[2])
  if ARGV[1] ~= '' then
    redis.call('ZREM', KEYS[k + 1], ARGV[1])
  end
end
return 1
