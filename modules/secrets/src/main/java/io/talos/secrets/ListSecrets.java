package io.talos.secrets;

import io.talos.contracts.Check;
import io.talos.secrets.envelope.Limits;
import io.talos.secrets.store.SecretStore;
import io.talos.secrets.store.SecretStore.Listed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Lists names, versions and keys of all secrets, Talos' own among them; never a value. */
@Dependent
public class ListSecrets {
  private final SecretStore secrets;

  @Inject
  ListSecrets(SecretStore secrets) {
    this.secrets = secrets;
  }

  /**
   * One page.
   *
   * @param next the name to ask on after, when there is more
   */
  public record Page(List<Listed> secrets, Optional<String> next) {
    /** Copies. */
    public Page {
      secrets = List.copyOf(secrets);
    }
  }

  /** The secrets that follow the name {@code after}; {@code limit} is 1 to 200. */
  public Page list(String after, int limit) {
    Check.that(limit > 0 && limit <= Limits.PAGE_MAX, "a page is bounded");
    List<Listed> found = secrets.list(after, limit + 1);
    if (found.size() <= limit) {
      return new Page(found, Optional.empty());
    }
    List<Listed> page = found.subList(0, limit);
    return new Page(page, Optional.of(page.get(limit - 1).name().text()));
  }
}
