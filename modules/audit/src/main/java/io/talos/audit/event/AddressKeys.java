package io.talos.audit.event;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.audit.AddressHash;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The key of the time, under which this node hashes addresses. Thread safe. */
public final class AddressKeys {
  private volatile @Nullable Named current;

  private record Named(AddressPeriod period, SecretBytes key) {}

  /** From now on addresses are hashed under this key. */
  public void use(AddressPeriod period, SecretBytes key) {
    current = new Named(period, key);
  }

  /** Whether addresses are hashed under the key of this period. */
  public boolean isOf(AddressPeriod period) {
    Named known = current;
    return known != null && known.period.equals(period);
  }

  /** The hash of an address; none when it is no address. */
  public Optional<AddressHash> hash(String address) {
    Named known = current;
    if (known == null) {
      throw new IllegalStateException("the start fetches a key");
    }
    return AddressHash.of(address, known.period.keyId(), known.key);
  }
}
