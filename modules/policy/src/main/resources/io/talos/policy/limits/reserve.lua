-- Lets one request pass every limit, or says which one stops it. What is refused takes nothing but a rate token.
-- KEYS: 1 bucket, 2 reservation, 3 idempotency record, 4 epoch, then for each allowance: itself, its pending requests
-- ARGV: 1 request id, 2 now in ms, 3 tokens a second, 4 burst, 5 the node's epoch or '', 6 idempotency digest or '',
--       7 reservation life in ms, 8 longest run of an idempotent request in ms, 9 life of an allowance in ms,
--       then for each allowance: its limit, the amount that the request takes
local id, now = ARGV[1], tonumber(ARGV[2])

-- A node that has not read the newest revocations must not admit by a capability.
if ARGV[5] ~= '' then
  local epoch = redis.call('GET', KEYS[4])
  if epoch ~= ARGV[5] then
    return {'BEHIND', epoch or ''}
  end
end
for k = 5, #KEYS, 2 do
  if redis.call('HEXISTS', KEYS[k], 'used') == 0 then
    return {'COUNT_UNKNOWN'}
  end
end

local wait = take(KEYS[1], now, tonumber(ARGV[3]), tonumber(ARGV[4]), 1000)
if wait > 0 then
  return {'RATE', wait}
end

if ARGV[6] ~= '' then
  local known = redis.call('HMGET', KEYS[3], 'digest', 'state', 'request', 'status', 'type', 'body')
  if known[1] and known[1] ~= ARGV[6] then
    return {'OTHER_REQUEST'}
  elseif known[2] == 'done' then
    return {'ANSWER', known[4], known[5], known[6]}
  elseif known[2] == 'kept-nothing' then
    return {'OTHER_REQUEST'}
  elseif known[2] == 'running' and known[3] ~= id then
    return {'RUNNING'}
  end
end

for k = 5, #KEYS, 2 do
  local limit, wanted = tonumber(ARGV[k + 5]), ARGV[k + 6]
  settle(KEYS[k], KEYS[k + 1], now)
  local state = redis.call('HMGET', KEYS[k], 'used', 'held')
  local taken = tonumber(state[1]) + tonumber(state[2]) + tonumber(wanted)
  if taken > limit and not redis.call('ZSCORE', KEYS[k + 1], wanted .. ':' .. id) then
    return {'EXHAUSTED'}
  end
end

for k = 5, #KEYS, 2 do
  local member = ARGV[k + 6] .. ':' .. id
  if redis.call('ZADD', KEYS[k + 1], now + tonumber(ARGV[7]), member) == 1 then
    redis.call('HINCRBY', KEYS[k], 'held', ARGV[k + 6])
  end
  keep(KEYS[k], KEYS[k + 1], ARGV[9])
  redis.call('HSET', KEYS[2], KEYS[k], KEYS[k + 1] .. ' ' .. member)
end
if ARGV[6] ~= '' then
  redis.call('HSET', KEYS[3], 'digest', ARGV[6], 'state', 'running', 'request', id)
  redis.call('PEXPIRE', KEYS[3], ARGV[8])
  redis.call('HSET', KEYS[2], 'idempotency', KEYS[3])
end
if redis.call('EXISTS', KEYS[2]) == 1 then
  redis.call('PEXPIRE', KEYS[2], math.max(tonumber(ARGV[7]), tonumber(ARGV[8])))
end
return {'PASSED'}
