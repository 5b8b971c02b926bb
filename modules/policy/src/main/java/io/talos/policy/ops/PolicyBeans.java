package io.talos.policy.ops;

import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.policy.bundles.PolicySigners;
import io.talos.policy.rights.SignedHead;
import io.talos.runtime.settings.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.Set;

/** Makes the plain Java parts of this module. */
@Dependent
public class PolicyBeans {
  @Produces
  @Singleton
  PolicySettings settings(Settings settings) {
    return PolicySettings.read(settings);
  }

  @Produces
  @Singleton
  SignedHead signedHead() {
    return new SignedHead();
  }

  @Produces
  @Singleton
  PolicySigners signers(Settings settings) {
    Set<Did> keys = new LinkedHashSet<>();
    for (String key : settings.text("talos.policy.signers").split(",")) {
      if (!key.isBlank()) {
        keys.add(signer(key.strip()));
      }
    }
    return new PolicySigners(keys, settings.text("talos.mode").equals("prod"));
  }

  private static Did signer(String text) {
    try {
      Did did = Did.parse(text);
      did.publicKey();
      return did;
    } catch (TalosException e) {
      throw new TalosException(
          ErrorCode.CONFIGURATION_INVALID, "talos.policy.signers lists what is no did:key", e);
    }
  }
}
