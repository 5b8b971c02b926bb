package io.talos.identity;

import io.talos.contracts.id.UuidV7;
import io.talos.identity.keys.VirtualKey;
import io.talos.identity.keys.VirtualKeys;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Shows which virtual keys there are, ended ones too; never a secret, never a tag. */
@Dependent
public class ReadVirtualKeys {
  private final VirtualKeys keys;

  @Inject
  ReadVirtualKeys(VirtualKeys keys) {
    this.keys = keys;
  }

  /** A page of keys after this one, in the order in which they were issued. */
  public List<VirtualKey> page(Optional<UuidV7> after) {
    return keys.page(after);
  }
}
