package io.talos.policy;

import io.talos.contracts.Bytes;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.policy.store.CapabilityStore;
import io.talos.policy.store.CapabilityStore.Listed;
import io.talos.runtime.request.CurrentRequest;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lists what was granted, newest first, at most {@link #PAGE_MAX} at once: everything to an
 * operator, to an agent its own. What holders passed on offline is not known here.
 *
 * <p>Refuses with: {@link ErrorCode#TALOS_DENIED} when an agent asks for another one's, {@link
 * ErrorCode#TALOS_INVALID_CURSOR}.
 */
@Dependent
public class ListCapabilities {
  /** Most grants of a page. */
  public static final int PAGE_MAX = 100;

  private final CapabilityStore capabilities;
  private final CurrentRequest request;

  @Inject
  ListCapabilities(CapabilityStore capabilities, CurrentRequest request) {
    this.capabilities = capabilities;
    this.request = request;
  }

  /**
   * One page.
   *
   * @param asked of this agent only
   * @param cursor what the page before ended with
   */
  public Result list(Optional<String> asked, Optional<String> cursor) {
    Optional<String> subject = asked.map(Did::unaliased);
    Principal caller = request.require().principal();
    boolean operator = caller.kind() == PrincipalKind.OPERATOR;
    if (!operator && subject.isPresent() && !subject.get().equals(caller.id())) {
      return new Refused(ErrorCode.TALOS_DENIED);
    }
    Optional<Bytes> after = cursor.flatMap(capabilities::named).map(CapabilityStore.Stored::hash);
    if (cursor.isPresent() && after.isEmpty()) {
      return new Refused(ErrorCode.TALOS_INVALID_CURSOR);
    }
    List<Listed> page =
        capabilities.list(operator ? subject : Optional.of(caller.id()), after, PAGE_MAX);
    return new Page(
        page,
        page.size() < PAGE_MAX
            ? Optional.empty()
            : Optional.of(page.get(page.size() - 1).capability().hash().hex()));
  }

  /** A page, or why not. */
  public sealed interface Result permits Page, Refused {
    /** Answers by the kind of result. */
    default <R> R match(Function<Page, R> page, Function<Refused, R> refused) {
      if (this instanceof Page found) {
        return page.apply(found);
      }
      return refused.apply((Refused) this);
    }
  }

  /**
   * Some grants.
   *
   * @param next cursor of the next page; empty when there is none
   */
  public record Page(List<Listed> grants, Optional<String> next) implements Result {
    /** Copies. */
    public Page {
      grants = List.copyOf(grants);
    }
  }

  /** Nothing is shown. */
  public record Refused(ErrorCode code) implements Result {}
}
