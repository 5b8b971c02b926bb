package io.talos.identity;

import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyStatement;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.port.KeyStatements;
import io.talos.identity.agents.KeyHistories;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;

/** Answers from this server's own key histories; a text that is no DID has none. */
@Dependent
public class LocalKeyStatements implements KeyStatements {
  private final KeyHistories histories;

  @Inject
  LocalKeyStatements(KeyHistories histories) {
    this.histories = histories;
  }

  @Override
  public List<KeyStatement> of(String did) {
    try {
      return histories.statements(Did.parse(did));
    } catch (TalosException e) {
      return List.of();
    }
  }
}
