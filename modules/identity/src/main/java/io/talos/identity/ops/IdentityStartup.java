package io.talos.identity.ops;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.identity.agents.Agents;
import io.talos.identity.authentication.Nonces;
import io.talos.runtime.persistence.Migration;
import io.talos.runtime.settings.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.InstantSource;
import javax.sql.DataSource;

/**
 * Brings the identity module up.
 *
 * <p>The application does not start when the schema cannot be migrated, a setting lies outside its
 * bounds, Ed25519 gives a wrong answer, or the store does not answer. It does start while Redis is
 * away: then no signed request is accepted, and readiness says so.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init") // the container fills the fields before start() runs
public class IdentityStartup {
  /** RFC 8032 §7.1 TEST 1: the secret key. */
  private static final String KNOWN_SEED =
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

  /** RFC 8032 §7.1 TEST 1: the public key. */
  private static final String KNOWN_KEY =
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

  @Resource(lookup = "jdbc/talosDdl")
  DataSource owner;

  @Inject Settings all;
  @Inject IdentitySettings settings;
  @Inject Agents agents;
  @Inject Nonces nonces;
  @Inject InstantSource clock;

  @PostConstruct
  void start() {
    Migration.run(owner, IdentityStartup.class, "identity");
    // The answer does not matter; a broken persistence unit or a missing grant throws here.
    agents.find(knownAnswer());
    beginNonces();
    IdentityLog.started(all.effective("identity"));
  }

  private static Did knownAnswer() {
    byte[] seed = Hex.decode(KNOWN_SEED).toArray();
    Ed25519.KeyPair pair = Ed25519.fromSeed(SecretBytes.of(seed));
    if (!pair.publicKey().hex().equals(KNOWN_KEY)) {
      throw new TalosException(ErrorCode.CONFIGURATION_INVALID, "Ed25519 gives a wrong answer");
    }
    return Did.ofKey(pair.publicKey());
  }

  /** The memory of nonces begins now rather than with the first request, which it would refuse. */
  private void beginNonces() {
    try {
      IdentityLog.noncesComplete(nonces.completeSince(clock.instant()));
    } catch (TalosException e) {
      if (e.code() != ErrorCode.REDIS_UNAVAILABLE) {
        throw e;
      }
      IdentityLog.noncesUnreachable(e);
    }
  }
}
