package bad.talos.identity.keys;

import java.util.concurrent.ConcurrentHashMap;

/** A cache without a bound or an owner. */
final class RemembersStatically {
  static final ConcurrentHashMap<String, String> SEEN = new ConcurrentHashMap<>();
}
