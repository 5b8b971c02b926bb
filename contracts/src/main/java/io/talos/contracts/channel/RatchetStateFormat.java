package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.channel.SkippedKeys.Place;
import io.talos.contracts.channel.SkippedKeys.Skipped;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A ratchet state as bytes, one form only.
 *
 * <pre>
 * "TALOSRS" || 0x02 || suite (1: 0x01 talos-1x, 0x02 talos-x3dh-2, 0x03 talos-pqxdh-2)
 * || context (0 or 32, as the suite says) || root key (32) || own private key (32)
 * || remote key (32) || option(sending chain) || option(receiving chain)
 * || sent (4) || received (4) || previous sent (4) || opened (8) || count of skipped keys (4)
 * || for each, oldest first: ratchet key (32) || number (4) || kept at (8) || message key (32)
 * option(x) = 0x00, or 0x01 || x (32); numbers are big-endian
 * </pre>
 */
final class RatchetStateFormat {
  private static final Bytes MAGIC = Bytes.utf8("TALOSRS").concat(Bytes.of((byte) 2));

  /** By their number, from 1. */
  private static final List<Suite> SUITES =
      List.of(Suite.TALOS_1X, Suite.TALOS_X3DH_2, Suite.TALOS_PQXDH_2);

  private static final int KEY_SIZE = 32;
  private static final int SKIPPED_SIZE = 2 * KEY_SIZE + Integer.BYTES + Long.BYTES;
  private static final int FIXED_SIZE_MAX = 256;

  private RatchetStateFormat() {}

  static SecretBytes encode(RatchetState state) {
    ByteBuffer out = ByteBuffer.allocate(FIXED_SIZE_MAX + state.skipped().size() * SKIPPED_SIZE);
    out.put(MAGIC.toArray());
    out.put((byte) (SUITES.indexOf(state.suite()) + 1));
    out.put(state.context().toArray());
    put(out, state.rootKey());
    put(out, state.ownKey().privateKey());
    out.put(state.remoteKey().toArray());
    put(out, state.sendingChain());
    put(out, state.receivingChain());
    out.putInt(state.sent()).putInt(state.received()).putInt(state.previousSent());
    out.putLong(state.opened());
    List<Skipped> skipped = state.skipped().all();
    out.putInt(skipped.size());
    for (Skipped one : skipped) {
      out.put(one.place().ratchetKey().toArray()).putInt(one.place().number());
      out.putLong(one.at());
      put(out, one.messageKey());
    }
    byte[] encoded = Arrays.copyOf(out.array(), out.position());
    try {
      Check.atMost(encoded.length, Limits.STATE_BYTES_MAX, "the state's size");
      return SecretBytes.of(encoded);
    } finally {
      Arrays.fill(encoded, (byte) 0);
      Arrays.fill(out.array(), (byte) 0);
    }
  }

  private static void put(ByteBuffer out, SecretBytes secret) {
    byte[] clear = secret.reveal();
    out.put(clear);
    Arrays.fill(clear, (byte) 0);
  }

  private static void put(ByteBuffer out, Optional<SecretBytes> secret) {
    out.put((byte) (secret.isPresent() ? 1 : 0));
    secret.ifPresent(present -> put(out, present));
  }

  static RatchetState decode(SecretBytes encoded) {
    if (encoded.size() > Limits.STATE_BYTES_MAX) {
      throw new TalosException(ErrorCode.ENCODING_INVALID, "the state is too large");
    }
    byte[] clear = encoded.reveal();
    try {
      ByteBuffer in = ByteBuffer.wrap(clear);
      RatchetState state = read(in);
      Check.that(!in.hasRemaining(), "the state ends where its bytes end");
      return state;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new TalosException(ErrorCode.ENCODING_INVALID, "not a ratchet state", e);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  private static RatchetState read(ByteBuffer in) {
    Check.that(bytes(in, MAGIC.size()).equals(MAGIC), "the bytes start as a state does");
    Suite suite = suite(in.get());
    return new RatchetState(
        suite,
        bytes(in, suite == Suite.TALOS_1X ? 0 : KEY_SIZE),
        secret(in),
        X25519.fromPrivate(secret(in)),
        bytes(in, X25519.SIZE),
        option(in),
        option(in),
        in.getInt(),
        in.getInt(),
        in.getInt(),
        in.getLong(),
        skipped(in));
  }

  private static Suite suite(byte number) {
    Check.that(number >= 1 && number <= SUITES.size(), "the suite is known");
    return SUITES.get(number - 1);
  }

  private static SkippedKeys skipped(ByteBuffer in) {
    int count = in.getInt();
    Check.that(count >= 0 && count <= Limits.SKIPPED_MAX, "skipped keys are bounded");
    List<Skipped> skipped = new ArrayList<>(count);
    Set<Place> places = new HashSet<>();
    long last = 0;
    for (int i = 0; i < count; i++) {
      Place place = new Place(bytes(in, X25519.SIZE), in.getInt());
      long at = in.getLong();
      Check.that(places.add(place), "no skipped key stands twice");
      Check.that(at >= last, "skipped keys stand oldest first");
      skipped.add(new Skipped(place, at, secret(in)));
      last = at;
    }
    return SkippedKeys.of(skipped);
  }

  private static Bytes bytes(ByteBuffer in, int size) {
    byte[] bytes = new byte[size];
    in.get(bytes);
    return Bytes.of(bytes);
  }

  private static SecretBytes secret(ByteBuffer in) {
    byte[] clear = new byte[KEY_SIZE];
    in.get(clear);
    try {
      return SecretBytes.of(clear);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  private static Optional<SecretBytes> option(ByteBuffer in) {
    byte flag = in.get();
    Check.that(flag == 0 || flag == 1, "an option is there or not");
    return flag == 0 ? Optional.empty() : Optional.of(secret(in));
  }
}
