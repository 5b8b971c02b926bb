package io.talos.policy.ops;

import io.talos.contracts.error.ErrorCode;
import java.lang.System.Logger.Level;
import java.util.Map;

/** What the policy module logs; the texts are in contracts/registry/log_messages.json. */
public final class PolicyLog {
  private static final System.Logger LOG = System.getLogger("io.talos.policy");

  private PolicyLog() {}

  static void started(String issuer, Map<String, String> settings) {
    LOG.log(
        Level.INFO, "TALOS-POL-0001 policy started as root issuer {0} with {1}", issuer, settings);
  }

  /** A revocation is in force, but Redis could not be told. */
  public static void epochNotAnnounced(long epoch, Throwable cause) {
    LOG.log(
        Level.WARNING,
        "TALOS-POL-0002 Revocation " + epoch + " is in force, but Redis was not told",
        cause);
  }

  static void revocationsNotRead(Throwable cause) {
    LOG.log(Level.WARNING, "TALOS-POL-0003 This node could not read the newest revocations", cause);
  }

  static void notSwept(Throwable cause) {
    LOG.log(Level.WARNING, "TALOS-POL-0004 Used-up allowances could not be swept", cause);
  }

  /** A policy is in force here, but the other nodes could not be told. */
  public static void policyNotAnnounced(Throwable cause) {
    LOG.log(Level.WARNING, "TALOS-POL-0011 The other nodes were not told of a new policy", cause);
  }

  static void policyNotRead(Throwable cause) {
    LOG.log(Level.WARNING, "TALOS-POL-0012 This node could not look for a newer policy", cause);
  }

  static void policyRefused(ErrorCode code) {
    LOG.log(
        Level.ERROR,
        "TALOS-POL-0013 The newest policy is not signed as it must be ({0}); the one before stays"
            + " in force",
        code);
  }
}
