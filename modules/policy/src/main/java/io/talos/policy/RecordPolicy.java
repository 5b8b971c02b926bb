package io.talos.policy;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.PolicyPublished;
import io.talos.contracts.policy.PolicyCheck;
import io.talos.contracts.policy.PolicyDocument;
import io.talos.contracts.policy.PolicySignature;
import io.talos.policy.bundles.Policies;
import io.talos.policy.bundles.PolicySigners;
import io.talos.policy.bundles.PublishedPolicy;
import io.talos.policy.ops.PolicySettings;
import io.talos.runtime.request.CurrentRequest;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The transaction inside {@link PublishPolicy}: one publisher at a time reads the newest version,
 * checks the next one and adds it. Audited as {@code policy.published}.
 */
@Dependent
public class RecordPolicy {
  private final Policies policies;
  private final PolicyChecks checks;
  private final PolicySigners signers;
  private final PolicySettings settings;
  private final Event<PolicyPublished> published;
  private final CurrentRequest request;
  private final InstantSource clock;

  @Inject
  RecordPolicy(
      Policies policies,
      PolicyChecks checks,
      PolicySigners signers,
      PolicySettings settings,
      Event<PolicyPublished> published,
      CurrentRequest request,
      InstantSource clock) {
    this.policies = policies;
    this.checks = checks;
    this.signers = signers;
    this.settings = settings;
    this.published = published;
    this.request = request;
    this.clock = clock;
  }

  /**
   * What is to be published.
   *
   * @param next makes it of the newest document, or says why not
   * @param expected the newest version that the caller knows
   * @param rolledBackTo the version that it repeats
   */
  record Wish(
      Function<PolicyDocument, Next> next,
      OptionalLong expected,
      Optional<String> note,
      Optional<Long> rolledBackTo,
      Optional<PolicySignature> signature) {}

  /** The next document, or why there is none. */
  record Next(Optional<PolicyDocument> document, ErrorCode otherwise) {
    static Next of(PolicyDocument document) {
      return new Next(Optional.of(document), ErrorCode.POLICY_INVALID);
    }

    static Next refused(ErrorCode code) {
      return new Next(Optional.empty(), code);
    }
  }

  /** Publishes, or says why not. */
  @Transactional
  public PublishPolicy.Result record(Wish wish) {
    Instant now = clock.instant();
    policies.waitForPublishers();
    long newest = policies.newest();
    if (wish.expected().isPresent() && wish.expected().getAsLong() != newest) {
      return new PublishPolicy.Refused(ErrorCode.POLICY_VERSION_CONFLICT);
    }
    PolicyDocument before =
        newest == 0 ? PolicyDocument.empty() : policies.find(newest).orElseThrow().document();
    Next next = wish.next().apply(before);
    if (next.document().isEmpty()) {
      return new PublishPolicy.Refused(next.otherwise());
    }
    PolicyDocument document = next.document().get();
    // Checked again: surfaces, roles and the time may have moved since it was drafted.
    if (!PolicyCheck.isUsable(checks.problems(document.json()))) {
      return new PublishPolicy.Refused(ErrorCode.POLICY_INVALID);
    }
    PublishedPolicy policy =
        new PublishedPolicy(
            new PublishedPolicy.Summary(
                newest + 1,
                document.digest().hex(),
                now,
                request.require().principal().id(),
                wish.note(),
                wish.rolledBackTo(),
                wish.signature()),
            document);
    Optional<ErrorCode> refusal =
        signers.refusal(policy.statement(settings.audience()), wish.signature());
    if (refusal.isPresent()) {
      return new PublishPolicy.Refused(refusal.get());
    }
    policies.add(policy);
    published.fire(
        new PolicyPublished(
            newest + 1,
            document.digest(),
            wish.rolledBackTo(),
            wish.signature().map(s -> s.key().text())));
    return new PublishPolicy.Published(policy);
  }
}
