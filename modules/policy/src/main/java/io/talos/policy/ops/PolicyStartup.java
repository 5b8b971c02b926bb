package io.talos.policy.ops;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.policy.FollowPolicy;
import io.talos.policy.PolicyInForce;
import io.talos.policy.PolicyKeys;
import io.talos.policy.RevocationWatch;
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
 * Brings the policy module up, after the secrets module, which keeps its keys.
 *
 * <p>The application does not start when the schema cannot be migrated, a setting or the roles are
 * not usable, the newest policy is not signed as the mode wants it, the keys cannot be loaded, the
 * store does not answer, or a capability that the root issuer signs does not verify.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init") // the container fills the fields before start() runs
public class PolicyStartup {
  @Resource(lookup = "jdbc/talosDdl")
  DataSource owner;

  @Inject Settings settings;
  @Inject PolicySettings effective;
  @Inject PolicyInForce policy;
  @Inject FollowPolicy followPolicy;
  @Inject PolicyKeys keys;
  @Inject RevocationWatch revocations;
  @Inject InstantSource clock;

  @PostConstruct
  void start() {
    Migration.run(owner, PolicyStartup.class, "policy");
    keys.load();
    revocations.poll();
    followPolicy
        .run()
        .ifPresent(
            code -> {
              throw new TalosException(
                  ErrorCode.CONFIGURATION_INVALID, "the newest policy is not acceptable: " + code);
            });
    if (KnownAnswer.isOpenToNobody(policy.current().rules(), clock.instant())) {
      throw new TalosException(ErrorCode.CONFIGURATION_INVALID, "policy answers wrongly");
    }
    KnownAnswer.check(keys.issuer(), effective.audience(), clock.instant());
    PolicyLog.started(keys.issuerDid().text(), settings.effective("policy"));
  }
}
