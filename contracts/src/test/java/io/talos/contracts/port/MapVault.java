package io.talos.contracts.port;

import io.talos.contracts.SecretBytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A vault in memory; like the real one it hands out a copy each time. */
public final class MapVault implements SecretVault {
  private final Map<String, byte[]> secrets = new HashMap<>();

  @Override
  public Optional<SecretBytes> find(String name) {
    return Optional.ofNullable(secrets.get(name)).map(SecretBytes::of);
  }

  @Override
  public SecretBytes findOrCreate(String name, Supplier<SecretBytes> fresh) {
    return SecretBytes.of(secrets.computeIfAbsent(name, n -> fresh.get().reveal()));
  }

  @Override
  public List<String> names(String prefix, int most) {
    return secrets.keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .sorted()
        .limit(most)
        .toList();
  }

  @Override
  public boolean destroy(String name) {
    return secrets.remove(name) != null;
  }
}
