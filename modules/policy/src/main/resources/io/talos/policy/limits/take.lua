-- KEYS: 1 bucket   ARGV: 1 now in ms, 2 tokens in each period, 3 burst, 4 period in ms
return take(KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]))
