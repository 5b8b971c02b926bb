package bad.talos.identity.keys;

/** Reads the machine's clock. */
final class ReadsMillis {
  long read() {
    return System.currentTimeMillis();
  }
}
