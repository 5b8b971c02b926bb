package io.talos.policy;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.policy.bundles.Policies;
import io.talos.policy.bundles.PolicySigners;
import io.talos.policy.bundles.PublishedPolicy;
import io.talos.policy.ops.PolicyLog;
import io.talos.policy.ops.PolicySettings;
import io.talos.runtime.redis.Redis;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Brings the newest published policy into force on this node. A version that is not signed as it
 * must be never comes into force, however it got into the database.
 */
@Dependent
public class FollowPolicy {
  /** Where nodes tell each other that there is a new version. */
  public static final String CHANNEL = "talos:policy:published";

  private final Policies policies;
  private final PolicyInForce inForce;
  private final PolicySigners signers;
  private final PolicySettings settings;
  private final Redis redis;

  @Inject
  FollowPolicy(
      Policies policies,
      PolicyInForce inForce,
      PolicySigners signers,
      PolicySettings settings,
      Redis redis) {
    this.policies = policies;
    this.inForce = inForce;
    this.signers = signers;
    this.settings = settings;
    this.redis = redis;
  }

  /**
   * Reads the newest version, unless it is the one in force or an older one. A database that was
   * restored may give the same number to another document; that one counts, as on every node that
   * starts now.
   *
   * @return why it is not in force now; empty when it is
   */
  public Optional<ErrorCode> run() {
    return policies.history(Long.MAX_VALUE, 1).stream()
        .findFirst()
        .filter(newest -> !inForce.current().covers(newest.version(), newest.digest()))
        .flatMap(newest -> policies.find(newest.version()))
        .flatMap(this::follow);
  }

  private Optional<ErrorCode> follow(PublishedPolicy policy) {
    // The stored digest is only a copy; the signature is over what was read.
    Optional<ErrorCode> refusal =
        signers.refusal(policy.statement(settings.audience()), policy.summary().signature());
    if (refusal.isEmpty()) {
      inForce.follow(policy.summary().version(), policy.document());
    }
    return refusal;
  }

  /** Follows here at once and tells the others; whom the message does not reach, polls. */
  void announce() {
    run();
    try {
      redis.publish(CHANNEL, "");
    } catch (TalosException e) {
      if (e.code() != ErrorCode.REDIS_UNAVAILABLE) {
        throw e;
      }
      PolicyLog.policyNotAnnounced(e);
    }
  }
}
