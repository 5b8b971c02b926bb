-- Sets the epoch to the database's. It never goes back, except from a value that the database itself does not know:
-- then the database was restored, and it is the truth.
-- Every node that listens hears of it; one that does not, learns it from its next look.
-- KEYS: 1 epoch   ARGV: 1 the database's epoch, 2 what was seen here before the database was read, or '', 3 the channel to tell it on
local known = redis.call('GET', KEYS[1])
if not known or tonumber(known) < tonumber(ARGV[1]) or known == ARGV[2] then
  redis.call('SET', KEYS[1], ARGV[1])
  redis.call('PUBLISH', ARGV[3], ARGV[1])
end
return redis.call('GET', KEYS[1])
