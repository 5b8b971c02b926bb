package io.talos.contracts.interop;

import io.talos.contracts.json.StrictJson;
import java.time.Duration;

/** Bounds of the 1.x formats; each is at least what a 1.x peer may send. */
public final class Limits {
  /** What a 1.x object may hold when {@link StrictJson} reads it: 64 KiB, 16 deep. */
  public static final io.talos.contracts.json.Limits OBJECT =
      new io.talos.contracts.json.Limits(1 << 16, 16, 4_000);

  /** What a request or response that a frame binds may hold. */
  public static final io.talos.contracts.json.Limits BOUND = io.talos.contracts.json.Limits.REQUEST;

  /** Longest text member of a token or frame, in characters. */
  public static final int TEXT_CHARACTERS_MAX = 1_024;

  /** How far two clocks may be apart. */
  public static final Duration SKEW = Duration.ofMinutes(1);

  /** How long an attested request's nonce is remembered. */
  public static final Duration NONCE_MEMORY = Duration.ofMinutes(5);

  /** Shortest nonce of an attested request, in characters. */
  public static final int NONCE_CHARACTERS_MIN = 8;

  /** Longest nonce of an attested request, in characters. */
  public static final int NONCE_CHARACTERS_MAX = 128;

  /** Sessions that one receiver of frames remembers. */
  public static final int SESSIONS_MAX = 10_000;

  /** Frames that one session takes. */
  public static final int FRAMES_PER_SESSION_MAX = 10_000;

  /** Capabilities that one session remembers. */
  public static final int CAPABILITIES_PER_SESSION_MAX = 64;

  private Limits() {}
}
