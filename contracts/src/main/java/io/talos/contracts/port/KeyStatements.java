package io.talos.contracts.port;

import io.talos.contracts.did.KeyStatement;
import java.util.List;

/** Which keys spoke for the agents that are registered here. Implemented by {@code identity}. */
public interface KeyStatements {
  /** The accepted statements of the agent with this DID, oldest first; none for a stranger. */
  List<KeyStatement> of(String did);
}
