package io.talos.policy;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import io.talos.contracts.policy.PolicyDocument;
import io.talos.contracts.policy.PolicyParts;
import io.talos.contracts.policy.PolicySignature;
import io.talos.policy.RecordPolicy.Next;
import io.talos.policy.RecordPolicy.Wish;
import io.talos.policy.bundles.Policies;
import io.talos.policy.bundles.PolicyDraft;
import io.talos.policy.bundles.PublishedPolicy;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Publishes the next version of the policy: a draft, an old version again, or the newest with one
 * entry changed. When it returns, this node decides by it; the others follow within a second.
 *
 * <p>Refuses with: {@link ErrorCode#POLICY_NOT_FOUND}, {@link ErrorCode#POLICY_ENTRY_NOT_FOUND},
 * {@link ErrorCode#POLICY_VERSION_CONFLICT}, {@link ErrorCode#POLICY_INVALID}, {@link
 * ErrorCode#POLICY_SIGNATURE_REQUIRED}, {@link ErrorCode#POLICY_SIGNATURE_INVALID}.
 */
@Dependent
public class PublishPolicy {
  private final RecordPolicy record;
  private final Policies policies;
  private final FollowPolicy follow;

  @Inject
  PublishPolicy(RecordPolicy record, Policies policies, FollowPolicy follow) {
    this.record = record;
    this.policies = policies;
    this.follow = follow;
  }

  /** How somebody publishes. */
  public record Terms(
      OptionalLong expected, Optional<String> note, Optional<PolicySignature> signature) {}

  /** Publishes a draft, which stays until it is removed. */
  @Transactional(TxType.NOT_SUPPORTED)
  public Result publish(UuidV7 draft, Terms terms) {
    Optional<PolicyDraft> found = policies.draft(draft);
    return found.isEmpty()
        ? new Refused(ErrorCode.POLICY_NOT_FOUND)
        : run(before -> Next.of(found.get().document()), terms, Optional.empty());
  }

  /** Publishes an old version again, as the next one; 0 is Talos as it ships. */
  @Transactional(TxType.NOT_SUPPORTED)
  public Result rollBack(long version, Terms terms) {
    Optional<PolicyDocument> old =
        version == 0
            ? Optional.of(PolicyDocument.empty())
            : policies.find(version).map(PublishedPolicy::document);
    return old.isEmpty()
        ? new Refused(ErrorCode.POLICY_NOT_FOUND)
        : run(before -> Next.of(old.get()), terms, Optional.of(version));
  }

  /**
   * Publishes the newest version with one entry put into a list, in the place of the one with its
   * id.
   *
   * @param list {@code roles} or {@code bindings}
   */
  @Transactional(TxType.NOT_SUPPORTED)
  public Result put(String list, JsonObject entry, Terms terms) {
    String id = entry.getString(PolicyParts.idOf(list));
    return run(
        before -> {
          return fit(before, list, others(before, list, id).add(entry).build());
        },
        terms,
        Optional.empty());
  }

  /** Publishes the newest version without one entry of a list. */
  @Transactional(TxType.NOT_SUPPORTED)
  public Result remove(String list, String id, Terms terms) {
    return run(
        before -> {
          JsonArray kept = others(before, list, id).build();
          return kept.size() == size(before, list)
              ? Next.refused(ErrorCode.POLICY_ENTRY_NOT_FOUND)
              : fit(before, list, kept);
        },
        terms,
        Optional.empty());
  }

  private static Next fit(PolicyDocument before, String list, JsonArray entries) {
    try {
      return Next.of(before.with(list, entries));
    } catch (IllegalArgumentException e) {
      // More entries than a document may have.
      return Next.refused(ErrorCode.POLICY_INVALID);
    }
  }

  private static JsonArrayBuilder others(PolicyDocument document, String list, String id) {
    JsonArrayBuilder kept = Json.createArrayBuilder();
    JsonArray all = document.json().getJsonArray(list);
    if (all != null) {
      all.stream()
          .map(JsonValue::asJsonObject)
          .filter(entry -> !entry.getString(PolicyParts.idOf(list)).equals(id))
          .forEach(kept::add);
    }
    return kept;
  }

  private static int size(PolicyDocument document, String list) {
    JsonArray all = document.json().getJsonArray(list);
    return all == null ? 0 : all.size();
  }

  private Result run(
      Function<PolicyDocument, Next> next, Terms terms, Optional<Long> rolledBackTo) {
    Result result =
        record.record(
            new Wish(next, terms.expected(), terms.note(), rolledBackTo, terms.signature()));
    result.match(
        published -> {
          follow.announce();
          return true;
        },
        refused -> false);
    return result;
  }

  /** Published, or why not. */
  public sealed interface Result permits Published, Refused {
    /** Answers by the kind of result. */
    default <R> R match(Function<Published, R> published, Function<Refused, R> refused) {
      if (this instanceof Published done) {
        return published.apply(done);
      }
      return refused.apply((Refused) this);
    }
  }

  /** It is in force. */
  public record Published(PublishedPolicy policy) implements Result {}

  /** Nothing was published. */
  public record Refused(ErrorCode code) implements Result {}
}
