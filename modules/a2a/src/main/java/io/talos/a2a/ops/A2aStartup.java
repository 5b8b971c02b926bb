package io.talos.a2a.ops;

import io.talos.a2a.store.SessionStore;
import io.talos.contracts.Check;
import io.talos.runtime.persistence.Migration;
import io.talos.runtime.settings.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import javax.sql.DataSource;

/**
 * Brings the a2a module up. The application does not start when the schema cannot be migrated, a
 * setting makes no sense, the store does not answer, or a known frame is judged wrongly.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init") // the container fills the fields before start() runs
public class A2aStartup {
  @Resource(lookup = "jdbc/talosDdl")
  DataSource owner;

  @Inject Settings settings;
  @Inject A2aSettings own;
  @Inject SessionStore sessions;

  @PostConstruct
  void start() {
    Migration.run(owner, A2aStartup.class, "a2a");
    Check.that(own.pageBytesMax() > 0, "the settings are read");
    Check.that(sessions.count() >= 0, "the store answers");
    KnownFrame.check();
    A2aLog.started(settings.effective("a2a"));
  }
}
