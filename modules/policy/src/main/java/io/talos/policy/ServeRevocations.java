package io.talos.policy;

import io.talos.contracts.Bytes;
import io.talos.contracts.revocation.Limits;
import io.talos.contracts.revocation.RevocationHead;
import io.talos.policy.rights.Revocations;
import io.talos.policy.rights.SignedHead;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Serves what is revoked to everybody: a signed head, and pages of ids. A full page never changes.
 *
 * <p>Source: docs/reference/revocation-feed.md.
 */
@Dependent
public class ServeRevocations {
  private final Revocations revocations;
  private final PolicyKeys keys;
  private final SignedHead signed;
  private final InstantSource clock;

  @Inject
  ServeRevocations(
      Revocations revocations, PolicyKeys keys, SignedHead signed, InstantSource clock) {
    this.revocations = revocations;
    this.keys = keys;
    this.signed = signed;
    this.clock = clock;
  }

  /** The newest head, signed in this second. */
  public Bytes head() {
    Instant now = clock.instant();
    Revocations.Head head = revocations.head();
    return signed.of(
        head,
        now,
        second ->
            new RevocationHead(keys.issuerDid(), head.epoch(), head.chain(), second)
                .signedBy(keys.issuer()));
  }

  /** A page, counted from 0; empty when it does not exist yet. */
  public Optional<Bytes> page(int number) {
    Revocations.Page page = revocations.after((long) number * Limits.PAGE_IDS, Limits.PAGE_IDS);
    return page.size() == 0 ? Optional.empty() : Optional.of(page.ids());
  }
}
