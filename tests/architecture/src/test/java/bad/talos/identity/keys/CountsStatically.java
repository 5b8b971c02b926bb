package bad.talos.identity.keys;

/** A secret channel between all who use it. */
final class CountsStatically {
  static int count;
}
