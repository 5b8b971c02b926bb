package io.talos.policy;

import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.policy.PolicyDocument;
import io.talos.policy.bundles.Limits;
import io.talos.policy.bundles.Policies;
import io.talos.policy.bundles.PolicyDraft;
import io.talos.policy.bundles.PublishedPolicy;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Shows drafts and versions of the policy, by name: {@code active}, a number or a draft's id. */
@Dependent
public class ReadPolicy {
  private static final String ACTIVE = "active";
  private static final int DIGITS_MAX = 18;

  private final Policies policies;
  private final PolicyInForce inForce;

  @Inject
  ReadPolicy(Policies policies, PolicyInForce inForce) {
    this.policies = policies;
    this.inForce = inForce;
  }

  /**
   * A document and what it is called.
   *
   * @param name the version's number, or the draft's id
   */
  public record Named(String name, PolicyDocument document) {}

  /** A page of the history. */
  public record History(
      long active, List<PublishedPolicy.Summary> versions, List<PolicyDraft.Summary> drafts) {
    /** Copies. */
    public History {
      versions = List.copyOf(versions);
      drafts = List.copyOf(drafts);
    }
  }

  /** The document of this name. */
  public Optional<Named> find(String name) {
    if (name.equals(ACTIVE)) {
      return Optional.of(
          new Named(Long.toString(inForce.current().version()), inForce.current().document()));
    }
    if (name.equals("0")) {
      return Optional.of(new Named(name, PolicyDocument.empty()));
    }
    if (isNumber(name)) {
      return policies.find(Long.parseLong(name)).map(p -> new Named(name, p.document()));
    }
    return id(name).flatMap(policies::draft).map(d -> new Named(name, d.document()));
  }

  /** Versions below {@code before}, and the open drafts. */
  public History history(Optional<Long> before) {
    return new History(
        inForce.current().version(),
        policies.history(before.orElse(Long.MAX_VALUE), Limits.VERSIONS_PAGE_MAX),
        policies.drafts());
  }

  /** The draft's id that {@code name} is. */
  public static Optional<UuidV7> id(String name) {
    try {
      return Optional.of(new UuidV7(name));
    } catch (TalosException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isNumber(String name) {
    return !name.isEmpty()
        && name.length() <= DIGITS_MAX
        && name.charAt(0) != '0'
        && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
