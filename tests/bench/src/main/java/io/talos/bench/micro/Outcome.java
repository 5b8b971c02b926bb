package io.talos.bench.micro;

/** Makes sure that what is measured is the path that succeeds. */
final class Outcome {
  private Outcome() {}

  /** True; a false one would be the time of another path. */
  static boolean held(boolean outcome) {
    if (!outcome) {
      throw new IllegalStateException("the operation that is measured was refused");
    }
    return true;
  }
}
