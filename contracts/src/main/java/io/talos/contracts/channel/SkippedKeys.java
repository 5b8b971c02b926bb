package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.X25519;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys of messages that did not arrive yet, oldest first. Immutable; never more than {@value
 * Limits#SKIPPED_MAX}: a new key pushes the oldest out, and that message can no longer be read.
 */
public final class SkippedKeys {
  private static final SkippedKeys NONE = new SkippedKeys(new LinkedHashMap<>());

  private final Map<Place, SecretBytes> keys;

  /** Which message a key is for: its sender's ratchet key and its number in that chain. */
  record Place(Bytes ratchetKey, int number) {
    Place {
      Check.that(ratchetKey.size() == X25519.SIZE, "an X25519 key has 32 bytes");
      Check.that(number >= 0 && number <= Limits.MESSAGE_NUMBER_MAX, "a message number");
    }
  }

  /** A key that was passed over. */
  record Skipped(Place place, SecretBytes messageKey) {}

  private SkippedKeys(Map<Place, SecretBytes> keys) {
    this.keys = keys;
  }

  /** No keys. */
  public static SkippedKeys none() {
    return NONE;
  }

  /** How many there are. */
  public int size() {
    return keys.size();
  }

  Optional<SecretBytes> find(Place place) {
    return Optional.ofNullable(keys.get(place));
  }

  SkippedKeys without(Place place) {
    Map<Place, SecretBytes> fewer = new LinkedHashMap<>(keys);
    fewer.remove(place);
    return new SkippedKeys(fewer);
  }

  SkippedKeys with(List<Skipped> more) {
    if (more.isEmpty()) {
      return this;
    }
    Map<Place, SecretBytes> all = new LinkedHashMap<>(keys);
    more.forEach(skipped -> all.put(skipped.place(), skipped.messageKey()));
    Iterator<Place> oldest = all.keySet().iterator();
    while (all.size() > Limits.SKIPPED_MAX) {
      oldest.next();
      oldest.remove();
    }
    return new SkippedKeys(all);
  }

  List<Skipped> all() {
    List<Skipped> all = new ArrayList<>(keys.size());
    keys.forEach((place, key) -> all.add(new Skipped(place, key)));
    return all;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SkippedKeys skipped && all().equals(skipped.all());
  }

  @Override
  public int hashCode() {
    return keys.keySet().hashCode();
  }

  @Override
  public String toString() {
    return "SkippedKeys[" + keys.size() + "]";
  }
}
