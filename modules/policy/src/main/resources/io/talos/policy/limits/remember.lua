-- Keeps the answer of an idempotent request, unless somebody else owns the key by now.
-- KEYS: 1 idempotency record   ARGV: 1 digest, 2 request id, 3 state, 4 status, 5 content type, 6 sealed body, 7 life in ms
local known = redis.call('HMGET', KEYS[1], 'digest', 'request')
if known[1] and (known[1] ~= ARGV[1] or known[2] ~= ARGV[2]) then
  return 0
end
redis.call('HSET', KEYS[1], 'digest', ARGV[1], 'request', ARGV[2], 'state', ARGV[3], 'status', ARGV[4], 'type', ARGV[5], 'body', ARGV[6])
redis.call('PEXPIRE', KEYS[1], ARGV[7])
return 1
