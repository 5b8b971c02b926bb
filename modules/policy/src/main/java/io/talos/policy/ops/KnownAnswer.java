package io.talos.policy.ops;

import io.talos.contracts.capability.CapabilityVerifier;
import io.talos.contracts.capability.Need;
import io.talos.contracts.capability.Presentation;
import io.talos.contracts.capability.RootGrant;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.policy.AccessRules;
import io.talos.contracts.policy.AccessScope;
import io.talos.contracts.policy.AccessSubject;
import io.talos.contracts.policy.Permission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Questions whose answers are known, asked at every start. */
final class KnownAnswer {
  /** What nobody without a role may do. */
  private static final Permission ASKED = Permission.parse("policy:capability:grant");

  private static final UuidV7 ID = new UuidV7("00000000-0000-7000-8000-000000000000");

  private KnownAnswer() {}

  /** Whether somebody without any role may grant capabilities. */
  static boolean isOpenToNobody(AccessRules rules, Instant now) {
    return rules
        .decide(AccessSubject.of("nobody", Set.of()), ASKED, AccessScope.everything(), now)
        .allowed();
  }

  /** A fresh grant of the issuer to itself verifies for its subject and for nobody else. */
  static void check(Ed25519.KeyPair issuer, String audience, Instant now) {
    Did own = Did.ofKey(issuer.publicKey());
    UnverifiedCapability chain =
        RootGrant.of(
                own, audience, List.of(Scope.ofTool("self-test")), now.plus(Duration.ofMinutes(1)))
            .signedBy(issuer, ID, now);
    CapabilityVerifier verifier = new CapabilityVerifier(Set.of(own), audience);
    Need need = new Need.Call("self-test", "run");
    boolean good =
        verifier
            .verify(chain, new Presentation(own.text(), need, now))
            .match(verified -> true, refused -> false);
    boolean bad =
        verifier
            .verify(chain, new Presentation("somebody-else", need, now))
            .match(verified -> true, refused -> false);
    if (!good || bad) {
      throw new TalosException(
          ErrorCode.CONFIGURATION_INVALID, "the capability verifier answers wrongly");
    }
  }
}
