package io.talos.policy.bundles;

import io.talos.contracts.policy.PolicyDocument;
import io.talos.contracts.policy.PolicySignature;
import io.talos.contracts.policy.PolicyStatement;
import java.time.Instant;
import java.util.Optional;

/** A version of the policy as it was published. */
public record PublishedPolicy(Summary summary, PolicyDocument document) {
  /**
   * A version without its document.
   *
   * @param digest of the document, in hex
   * @param rolledBackTo the version that this one repeats, 0 for Talos as it ships
   */
  public record Summary(
      long version,
      String digest,
      Instant publishedAt,
      String publishedBy,
      Optional<String> note,
      Optional<Long> rolledBackTo,
      Optional<PolicySignature> signature) {}

  /** What its signature must be of, on the server {@code audience}. */
  public PolicyStatement statement(String audience) {
    return new PolicyStatement(audience, summary.version(), document.digest());
  }
}
