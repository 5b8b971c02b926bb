package io.talos.a2a;

import io.talos.a2a.frames.Inboxes;
import io.talos.a2a.frames.Limits;
import io.talos.a2a.ops.A2aSettings;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/**
 * Removes header and ciphertext of frames that expired, or that were acknowledged and have been
 * kept for their retention. Their numbers stay used. Bounded, and safe to repeat and to run on
 * several nodes: whoever ends frames of an inbox has locked it.
 */
@Dependent
public class EndFrames {
  private final Inboxes inboxes;
  private final A2aSettings settings;

  @Inject
  EndFrames(Inboxes inboxes, A2aSettings settings) {
    this.inboxes = inboxes;
    this.settings = settings;
  }

  /** Agents for whom there is something to do. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public List<String> agents(Instant now) {
    return inboxes.withFramesOver(now, readBefore(now), Limits.SWEPT_INBOXES_MAX);
  }

  /** Ends a batch of one agent's frames; answers how many. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public int of(String agent, Instant now) {
    return inboxes.end(agent, now, readBefore(now), Limits.SWEPT_FRAMES_MAX);
  }

  private Instant readBefore(Instant now) {
    return now.minus(settings.readRetention());
  }
}
