-- An allowance is a hash {used, held} and the pending requests that hold some of it: members "<amount>:<request id>",
-- scored by the instant at which each gives up. "held" is the sum over the pending ones.
local function number(n)
  return string.format('%.0f', n)
end

local function amount(member)
  return tonumber(string.match(member, '^(%d+):'))
end

local function sum(members)
  local total = 0
  for _, member in ipairs(members) do
    total = total + amount(member)
  end
  return total
end

-- Lets go what gave up by now.
local function settle(allowance, pending, now)
  local over = redis.call('ZRANGEBYSCORE', pending, '-inf', now)
  if #over > 0 then
    redis.call('ZREMRANGEBYSCORE', pending, '-inf', now)
    redis.call('HINCRBY', allowance, 'held', number(-sum(over)))
  end
end

local function let_go(allowance, pending, member)
  if redis.call('ZREM', pending, member) == 1 then
    redis.call('HINCRBY', allowance, 'held', number(-amount(member)))
  end
end

-- Both live equally long, so that neither is believed without the other.
local function keep(allowance, pending, life)
  redis.call('PEXPIRE', allowance, life)
  redis.call('PEXPIRE', pending, life)
end
