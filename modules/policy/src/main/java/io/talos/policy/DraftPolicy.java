package io.talos.policy;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.PolicyDraftDiscarded;
import io.talos.contracts.event.PolicyDrafted;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.policy.PolicyCheck;
import io.talos.contracts.policy.PolicyDocument;
import io.talos.contracts.policy.PolicyProblem;
import io.talos.policy.bundles.Limits;
import io.talos.policy.bundles.Policies;
import io.talos.policy.bundles.PolicyDraft;
import io.talos.runtime.request.CurrentRequest;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/**
 * Keeps a document to publish it later; one that could not be published is not kept.
 *
 * <p>Refuses with: {@link ErrorCode#POLICY_INVALID}, {@link ErrorCode#POLICY_DRAFTS_FULL}. Audited
 * as {@code policy.drafted}, and as {@code policy.draft_discarded} when it is thrown away.
 */
@Dependent
public class DraftPolicy {
  private final Policies policies;
  private final PolicyChecks checks;
  private final Event<PolicyDrafted> drafted;
  private final Event<PolicyDraftDiscarded> discarded;
  private final CurrentRequest request;
  private final UuidV7Generator ids;
  private final InstantSource clock;

  @Inject
  DraftPolicy(
      Policies policies,
      PolicyChecks checks,
      Event<PolicyDrafted> drafted,
      Event<PolicyDraftDiscarded> discarded,
      CurrentRequest request,
      UuidV7Generator ids,
      InstantSource clock) {
    this.policies = policies;
    this.checks = checks;
    this.drafted = drafted;
    this.discarded = discarded;
    this.request = request;
    this.ids = ids;
    this.clock = clock;
  }

  /** Keeps {@code document}. */
  @Transactional
  public Result draft(JsonObject document) {
    Instant now = clock.instant();
    List<PolicyProblem> problems = checks.problems(document);
    if (!PolicyCheck.isUsable(problems)) {
      return new Refused(ErrorCode.POLICY_INVALID, problems);
    }
    policies.waitForPublishers();
    if (policies.drafts().size() >= Limits.DRAFTS_MAX) {
      return new Refused(ErrorCode.POLICY_DRAFTS_FULL, problems);
    }
    PolicyDraft draft =
        new PolicyDraft(
            ids.next(now), PolicyDocument.of(document), now, request.require().principal().id());
    policies.add(draft);
    drafted.fire(new PolicyDrafted(draft.id(), draft.digest()));
    return new Drafted(draft, problems, policies.newest() + 1);
  }

  /**
   * Removes a draft.
   *
   * @return false when there is none
   */
  @Transactional
  public boolean discard(UuidV7 id) {
    boolean gone = policies.discard(id);
    if (gone) {
      discarded.fire(new PolicyDraftDiscarded(id));
    }
    return gone;
  }

  /** Kept, or why not. */
  public sealed interface Result permits Drafted, Refused {
    /** Answers by the kind of result. */
    default <R> R match(Function<Drafted, R> drafted, Function<Refused, R> refused) {
      if (this instanceof Drafted kept) {
        return drafted.apply(kept);
      }
      return refused.apply((Refused) this);
    }
  }

  /**
   * It is kept.
   *
   * @param problems warnings
   * @param next the version that it would be now
   */
  public record Drafted(PolicyDraft draft, List<PolicyProblem> problems, long next)
      implements Result {
    /** Copies. */
    public Drafted {
      problems = List.copyOf(problems);
    }
  }

  /** Nothing was kept. */
  public record Refused(ErrorCode code, List<PolicyProblem> problems) implements Result {
    /** Copies. */
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
