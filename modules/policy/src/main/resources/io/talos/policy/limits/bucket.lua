-- Takes one token out of a bucket and answers 0, or how many milliseconds to wait for one.
-- "rate" tokens come in "period" milliseconds. They are counted in parts, "period" to a token, so that every number is
-- whole: a millisecond brings "rate" of them.
local function take(key, now, rate, burst, period)
  local full = burst * period
  local bucket = redis.call('HMGET', key, 'tokens', 'at')
  local tokens, at = tonumber(bucket[1] or full), tonumber(bucket[2] or now)
  -- A node whose clock lags behind brings no tokens, and takes none back.
  if now > at then
    tokens = math.min(full, tokens + (now - at) * rate)
    at = now
  end
  local wait = 0
  if tokens >= period then
    tokens = tokens - period
  else
    wait = math.ceil((period - tokens) / rate)
  end
  redis.call('HSET', key, 'tokens', string.format('%.0f', tokens), 'at', string.format('%.0f', at))
  redis.call('PEXPIRE', key, math.ceil(full / rate) + 1000)
  return wait
end
