-- KEYS: 1 bucket   ARGV: 1 now in ms, 2 tokens a second, 3 burst
return take(KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]))
