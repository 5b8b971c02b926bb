package io.talos.identity.keys;

import static io.talos.identity.People.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every memory of virtual keys must do. */
public interface VirtualKeysContract {
  UuidV7Generator IDS = new UuidV7Generator(Randomness.secure());

  VirtualKeys keys();

  @Test
  default void an_added_key_is_found_as_it_was() {
    VirtualKeys keys = keys();
    VirtualKey key = key();

    keys.add(key);

    assertThat(keys.find(key.id())).contains(key);
    assertThat(keys.find(key().id())).isEmpty();
  }

  @Test
  default void a_revoked_key_stays_revoked() {
    VirtualKeys keys = keys();
    VirtualKey key = key();
    keys.add(key);

    assertThat(keys.revoke(key.id(), NOW.plusSeconds(1))).isTrue();

    assertThat(keys.revoke(key.id(), NOW.plusSeconds(2))).isFalse();
    assertThat(keys.find(key.id()).orElseThrow().revokedAt()).contains(NOW.plusSeconds(1));
    assertThat(keys.revoke(key().id(), NOW)).isFalse();
  }

  @Test
  default void a_use_is_known_to_the_minute_and_never_set_back() {
    VirtualKeys keys = keys();
    VirtualKey key = key();
    keys.add(key);

    keys.used(key.id(), NOW);
    keys.used(key.id(), NOW.plus(Limits.USE_RESOLUTION).minusMillis(1));

    assertThat(keys.find(key.id()).orElseThrow().lastUsedAt()).contains(NOW);
    keys.used(key.id(), NOW.plus(Limits.USE_RESOLUTION));
    keys.used(key.id(), NOW);
    assertThat(keys.find(key.id()).orElseThrow().lastUsedAt())
        .contains(NOW.plus(Limits.USE_RESOLUTION));
    assertThat(keys.find(key.id()).orElseThrow().revokedAt()).isEmpty();
  }

  @Test
  default void pages_follow_each_other_without_gap_or_repeat() {
    VirtualKeys keys = keys();
    VirtualKey first = key();
    VirtualKey second = key();
    keys.add(second);
    keys.add(first);

    assertThat(keys.page(Optional.empty())).containsExactly(first, second);
    assertThat(keys.page(Optional.of(first.id()))).containsExactly(second);
    assertThat(keys.page(Optional.of(second.id()))).isEmpty();
  }

  private static VirtualKey key() {
    UuidV7 id = IDS.next(NOW);
    return new VirtualKey(
        id,
        "chat",
        "identity/pepper",
        Sha256.of(Bytes.utf8(id.text())),
        Optional.empty(),
        Optional.empty(),
        NOW,
        NOW.plusSeconds(60),
        Optional.empty(),
        Optional.empty());
  }
}
