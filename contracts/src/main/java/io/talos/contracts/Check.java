package io.talos.contracts;

/** States positively what must hold; what fails it is a bug or a value that must not exist. */
public final class Check {
  private Check() {}

  /**
   * Requires a condition.
   *
   * @throws IllegalArgumentException with {@code statement} when it does not hold
   */
  public static void that(boolean holds, String statement) {
    if (!holds) {
      throw new IllegalArgumentException("does not hold: " + statement);
    }
  }

  /** Requires {@code size} to be at most {@code most}. */
  public static void atMost(long size, long most, String what) {
    that(size <= most, what + " is at most " + most);
  }
}
