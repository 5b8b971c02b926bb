package io.talos.system;

/** How often something is tried: a little in every build, much with {@code -Pproof}. */
final class Counts {
  private static final boolean PROOF = Boolean.getBoolean("talos.proof");

  private Counts() {}

  static int of(int usual, int proof) {
    return PROOF ? proof : usual;
  }

  static boolean isProof() {
    return PROOF;
  }
}
