package io.talos.a2a;

import io.talos.a2a.ops.A2aSettings;
import io.talos.a2a.sessions.Limits;
import io.talos.a2a.sessions.Sessions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;

/**
 * Removes the initial message and the parked states of sessions that were over for their retention;
 * their histories stay. Bounded and safe to repeat.
 */
@Dependent
public class SweepSessions {
  private final Sessions sessions;
  private final A2aSettings settings;

  @Inject
  SweepSessions(Sessions sessions, A2aSettings settings) {
    this.sessions = sessions;
    this.settings = settings;
  }

  /** Sweeps a batch; answers how many. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public int run(Instant now) {
    return sessions.sweep(now.minus(settings.sessionRetention()), Limits.SWEPT_MAX);
  }
}
