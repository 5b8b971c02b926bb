-- Sets the epoch to the database's. It never goes back, except from a value that the database itself does not know:
-- then the database was restored, and it is the truth.
-- KEYS: 1 epoch   ARGV: 1 the database's epoch, 2 what was seen here before the database was read, or ''
local known = redis.call('GET', KEYS[1])
if not known or tonumber(known) < tonumber(ARGV[1]) or known == ARGV[2] then
  redis.call('SET', KEYS[1], ARGV[1])
end
return redis.call('GET', KEYS[1])
