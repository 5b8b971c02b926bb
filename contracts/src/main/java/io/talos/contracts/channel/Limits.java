package io.talos.contracts.channel;

import io.talos.contracts.crypto.Aead;
import java.time.Duration;

/** How large and how far things in a channel may be. */
public final class Limits {
  /** How many messages of one chain may be skipped at once (1.x: MAX_SKIP). */
  public static final int SKIPPED_PER_CHAIN_MAX = 1000;

  /** How many keys of skipped messages a state keeps; the oldest go first. */
  public static final int SKIPPED_MAX = 2000;

  /**
   * A skipped key goes when so many messages were opened since it was kept. The server takes no
   * frame that lies further behind.
   */
  public static final int SKIPPED_AGE_MAX = 1024;

  /** Largest message number within a chain; a chain ends before its counter could wrap. */
  public static final int MESSAGE_NUMBER_MAX = Integer.MAX_VALUE - 1;

  /** Largest ciphertext of a frame in bytes, tag included (1.x: A2A_MAX_FRAME_BYTES). */
  public static final int CIPHERTEXT_BYTES_MAX = 1 << 20;

  /** Largest padded plaintext of a message in bytes. */
  public static final int PADDED_BYTES_MAX = CIPHERTEXT_BYTES_MAX - Aead.TAG_SIZE;

  /** Largest plaintext of a message in bytes; its padding has one byte at least. */
  public static final int PLAINTEXT_BYTES_MAX = PADDED_BYTES_MAX - 1;

  /** Largest header of a message or frame in bytes. */
  public static final int HEADER_BYTES_MAX = 512;

  /** Largest initial message in bytes; 8 KiB as base64url text. */
  public static final int INITIAL_MESSAGE_BYTES_MAX = 6144;

  /** Largest serialised ratchet state in bytes. */
  public static final int STATE_BYTES_MAX = 256 << 10;

  /** How far a frame's sequence number may lie from the highest one seen, up or down. */
  public static final int SEQUENCE_WINDOW = 1024;

  /** Longest prekey id in characters. */
  public static final int PREKEY_ID_CHARACTERS_MAX = 64;

  /** How many signed prekeys an agent keeps the private halves of. */
  public static final int SIGNED_PREKEYS_MAX = 64;

  /** How many one-time prekeys an agent keeps the private halves of. */
  public static final int ONE_TIME_PREKEYS_MAX = 1000;

  /** How many KEM prekeys an agent keeps the private halves of. */
  public static final int KEM_PREKEYS_MAX = 1000;

  /** How many suites an agent may name. */
  public static final int SUITES_MAX = 8;

  /**
   * How long after its expiry a responder still answers to a signed prekey: an initial message may
   * wait that long for an agent that is away.
   */
  public static final Duration PREKEY_GRACE = Duration.ofHours(24);

  private Limits() {}
}
