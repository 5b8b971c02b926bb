-- Gives back what a request reserved.
-- KEYS: 1 reservation   ARGV: 1 request id
local taken = redis.call('HGETALL', KEYS[1])
for i = 1, #taken, 2 do
  if taken[i] == 'idempotency' then
    local known = redis.call('HMGET', taken[i + 1], 'state', 'request')
    if known[1] == 'running' and known[2] == ARGV[1] then
      redis.call('DEL', taken[i + 1])
    end
  else
    local pending, member = string.match(taken[i + 1], '^(%S+) (%S+)$')
    redis.call('ZREM', pending, member)
    -- The journal may have refused because what was known as used was too low: ask it again.
    redis.call('DEL', taken[i])
  end
end
redis.call('DEL', KEYS[1])
return 1
