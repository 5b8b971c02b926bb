-- Remembers a nonce, and since when this memory is complete.
-- KEYS[1] the nonce, or the marker again when none is to be spent; KEYS[2] the marker
-- ARGV[1] now, ARGV[2] created, ARGV[3] how long to remember (0: spend nothing),
-- ARGV[4] how long the memory is blind after its beginning; all in milliseconds
-- Returns {verdict, since}.
local server = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
local marker = redis.call('HMGET', KEYS[2], 'server', 'since')
local since = tonumber(marker[2] or '')

-- Another server process, a promoted replica or an emptied database may have lost nonces.
if marker[1] ~= server or not since then
  since = math.max(tonumber(ARGV[1]), since or 0)
  redis.call('HSET', KEYS[2], 'server', server, 'since', string.format('%.0f', since))
end

local answer = string.format('%.0f', since)
if ARGV[3] == '0' then
  return {'none', answer}
end
if tonumber(ARGV[2]) < since + tonumber(ARGV[4]) then
  return {'older', answer}
end
if redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[3]) then
  return {'fresh', answer}
end
return {'seen', answer}
