package io.talos.a2a;

import io.talos.a2a.groups.Group;
import io.talos.a2a.groups.Groups;
import io.talos.a2a.groups.Limits;
import io.talos.contracts.Check;
import io.talos.contracts.id.UuidV7;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** Lists the groups that an agent is a member of now, closed ones included, by id. */
@Dependent
public class ListGroups {
  private final Groups groups;

  @Inject
  ListGroups(Groups groups) {
    this.groups = groups;
  }

  /**
   * Some groups.
   *
   * @param next after which to go on, when there are more
   */
  public record Page(List<Group> groups, Optional<UuidV7> next) {
    /** Copies. */
    public Page {
      groups = List.copyOf(groups);
    }
  }

  /**
   * The groups of {@code actor} after {@code after}.
   *
   * @param limit 1 to {@value Limits#PAGE_MAX}
   */
  @Transactional
  public Page list(String actor, Optional<UuidV7> after, int limit) {
    Check.that(limit > 0 && limit <= Limits.PAGE_MAX, "a page is bounded");
    List<Group> found = groups.of(actor, after, limit + 1);
    return found.size() <= limit
        ? new Page(found, Optional.empty())
        : new Page(found.subList(0, limit), Optional.of(found.get(limit - 1).id()));
  }
}
