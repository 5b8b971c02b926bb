package io.talos.policy.ops;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.policy.PolicyKeys;
import io.talos.policy.RevocationWatch;
import io.talos.policy.rights.Roles;
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
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Brings the policy module up, after the secrets module, which keeps its keys.
 *
 * <p>The application does not start when the schema cannot be migrated, a setting or the roles are
 * not usable, the keys cannot be loaded, the store does not answer, or a capability that the root
 * issuer signs does not verify.
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
  @Inject Roles roles;
  @Inject PolicyKeys keys;
  @Inject RevocationWatch revocations;
  @Inject InstantSource clock;

  @PostConstruct
  void start() {
    Migration.run(owner, PolicyStartup.class, "policy");
    keys.load();
    revocations.poll();
    if (!roles.permitting(Set.of(), KnownAnswer.ASKED).equals(Optional.empty())) {
      throw new TalosException(ErrorCode.CONFIGURATION_INVALID, "policy answers wrongly");
    }
    KnownAnswer.check(keys.issuer(), effective.audience(), clock.instant());
    PolicyLog.started(keys.issuerDid().text(), settings.effective("policy"));
  }
}
