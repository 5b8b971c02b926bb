package io.talos.identity.agents;

import io.talos.contracts.did.KeyStatement;
import java.time.Duration;
import java.time.Instant;

/** Holds the times that signers write into their key histories near the true ones. */
public final class StatementTime {
  private StatementTime() {}

  /** Whether the statement says that it was made within {@link Limits#STATEMENT_SLACK} of now. */
  public static boolean isNear(KeyStatement statement, Instant now) {
    return Duration.between(statement.createdAt(), now).abs().compareTo(Limits.STATEMENT_SLACK)
        <= 0;
  }
}
