package bad.talos.identity.store;

import redis.clients.jedis.RedisClient;

/** A module with a Redis connection of its own. */
class SpeaksToRedis {
  String ping(RedisClient redis) {
    return redis.ping();
  }
}
