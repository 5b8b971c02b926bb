package io.talos.client.groups;

import java.time.Duration;

/** Every bound of a member of a group. */
public final class Limits {
  /** Most members of a group. */
  public static final int MEMBERS_MAX = 256;

  /** Most bytes of one MLS message. */
  public static final int MESSAGE_BYTES_MAX = 1 << 20;

  /** Most bytes of one key package. */
  public static final int KEY_PACKAGE_BYTES_MAX = 4096;

  /** Most bytes of a plaintext: what a message of {@link #MESSAGE_BYTES_MAX} has room for. */
  public static final int PLAINTEXT_BYTES_MAX = (1 << 20) - 4096;

  /** Plaintexts are padded to this size, and from there on to the next power of two. */
  public static final int PADDED_BYTES_MIN = 256;

  /** Most messages of one sender that may be missing before one that arrives. */
  public static final int SKIPPED_MAX = 1000;

  /** Most keys that are kept for missing messages of one sender; the oldest go first. */
  public static final int SKIPPED_KEYS_MAX = 1000;

  /**
   * Most epochs that one state lives through. The library keeps 32 bytes of each; joining anew
   * forgets them.
   */
  public static final int EPOCHS_MAX = 1 << 16;

  /** Most private key packages that wait for a welcome. */
  public static final int KEY_PACKAGES_MAX = 1000;

  /** How long a key package may be used to add its owner. */
  public static final Duration KEY_PACKAGE_LIFETIME = Duration.ofDays(90);

  /** How far behind the clock of another agent may be. */
  public static final Duration CLOCK_SLACK = Duration.ofHours(1);

  private Limits() {}
}
