package io.talos.policy.rest;

import io.talos.policy.ListCapabilities;
import io.talos.policy.store.CapabilityStore.Listed;
import jakarta.json.bind.annotation.JsonbProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Grants, newest first. */
public record CapabilityListResponse(
    List<Item> capabilities, @JsonbProperty("next_cursor") @Nullable String nextCursor) {

  /** One grant; its text is read by its hash. */
  public record Item(
      String hash,
      String subject,
      @JsonbProperty("expires_at") Instant expiresAt,
      @JsonbProperty("granted_at") Instant grantedAt,
      @JsonbProperty("granted_by") String grantedBy) {
    static Item of(Listed listed) {
      return new Item(
          listed.capability().hash().hex(),
          listed.capability().subject(),
          listed.capability().expiresAt(),
          listed.grantedAt(),
          listed.grantedBy());
    }
  }

  static CapabilityListResponse of(ListCapabilities.Page page) {
    return new CapabilityListResponse(
        page.grants().stream().map(Item::of).toList(), page.next().orElse(null));
  }
}
