package io.talos.identity.rest;

import io.talos.contracts.id.UuidV7;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A page of a listing. */
public record DirectoryPage<T>(List<T> items) {
  /** Copies. */
  public DirectoryPage {
    items = List.copyOf(items);
  }

  /** An id that a query may name. */
  static Optional<UuidV7> id(@Nullable String text) {
    return Optional.ofNullable(text).map(UuidV7::new);
  }
}
