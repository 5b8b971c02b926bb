package io.talos.secrets.rest;

import io.talos.secrets.store.SecretStore.Listed;
import jakarta.json.bind.annotation.JsonbProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of the list.
 *
 * @param next the name to ask on after; absent on the last page
 */
public record SecretListResponse(List<Item> secrets, @Nullable String next) {

  /** One secret, without its value. */
  public record Item(
      String name,
      long version,
      @JsonbProperty("kek_id") String kekId,
      @JsonbProperty("created_at") Instant createdAt) {
    static Item of(Listed listed) {
      return new Item(
          listed.name().text(), listed.version(), listed.kekId().text(), listed.createdAt());
    }
  }
}
