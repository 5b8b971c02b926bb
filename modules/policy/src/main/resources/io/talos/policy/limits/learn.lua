-- Tells how much of allowances is used for good. What is used only grows, so the larger of two is the newer.
-- KEYS: for each allowance: itself, its pending requests
-- ARGV: 1 request id that is confirmed or '', 2 life in ms, then for each allowance: used, amount of the request
for k = 1, #KEYS, 2 do
  local used, taken = tonumber(ARGV[k + 2]), ARGV[k + 3]
  local known = redis.call('HGET', KEYS[k], 'used')
  if not known then
    redis.call('HSET', KEYS[k], 'held', number(sum(redis.call('ZRANGE', KEYS[k + 1], 0, -1))))
  end
  redis.call('HSET', KEYS[k], 'used', number(math.max(tonumber(known or 0), used)))
  if ARGV[1] ~= '' then
    let_go(KEYS[k], KEYS[k + 1], taken .. ':' .. ARGV[1])
  end
  keep(KEYS[k], KEYS[k + 1], ARGV[2])
end
return 1
