package io.talos.audit;

import io.talos.audit.event.AddressKeys;
import io.talos.audit.event.AddressPeriod;
import io.talos.audit.event.AddressSettings;
import io.talos.audit.tree.Limits;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.port.SecretVault;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Changes the key under which addresses are hashed when its period is over, and destroys keys whose
 * retention is over: at that instant they are. From then on nobody can say whose address an old
 * hash is of. Safe to repeat; all nodes use the same key.
 *
 * <p>Each destroyed key leaves the event {@code audit.address_key_destroyed}.
 *
 * <p>Source: docs/decisions/0018-addresses-under-a-key-that-ends.md.
 */
@Dependent
public class RotateAddressKey {
  private static final String PREFIX = "audit/address-key/";
  private static final int KEY_SIZE = 32;

  private final SecretVault vault;
  private final AddressKeys keys;
  private final AddressSettings settings;
  private final WriteEvent writeEvent;
  private final Randomness randomness;

  @Inject
  RotateAddressKey(
      SecretVault vault,
      AddressKeys keys,
      AddressSettings settings,
      WriteEvent writeEvent,
      Randomness randomness) {
    this.vault = vault;
    this.keys = keys;
    this.settings = settings;
    this.writeEvent = writeEvent;
    this.randomness = randomness;
  }

  /** Uses the key of {@code now}; the first node that asks for it makes it. */
  @Transactional
  public void use(Instant now) {
    AddressPeriod period = AddressPeriod.of(now, settings.periodDays());
    if (!keys.isOf(period)) {
      keys.use(period, vault.findOrCreate(PREFIX + period.keyId(), this::fresh));
    }
  }

  /** Destroys what is over, at most {@link Limits#ADDRESS_KEYS_MAX} keys; how many were. */
  @Transactional
  public int destroyOld(Instant now) {
    int destroyed = 0;
    for (String name : vault.names(PREFIX, Limits.ADDRESS_KEYS_MAX)) {
      String keyId = name.substring(PREFIX.length());
      Optional<Instant> over =
          AddressPeriod.parse(keyId).map(period -> period.end().plus(settings.retention()));
      if (over.isPresent() && !over.get().isAfter(now) && vault.destroy(name)) {
        writeEvent.write(destroyed(keyId), Optional.empty(), now);
        destroyed++;
      }
    }
    return destroyed;
  }

  private static AuditFacts destroyed(String keyId) {
    return AuditFacts.act(
        "audit.address_key_destroyed",
        new AuditFacts.Resource("address_key", keyId),
        JsonValue.EMPTY_JSON_OBJECT);
  }

  private SecretBytes fresh() {
    byte[] key = new byte[KEY_SIZE];
    randomness.fill(key);
    try {
      return SecretBytes.of(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
