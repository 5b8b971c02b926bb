package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.client.Reply;
import io.talos.contracts.crypto.Randomness;
import java.util.Optional;

/** Fresh agents, so that no test meets another's. */
final class Agents {
  private Agents() {}

  /** An agent that the server knows. */
  static Identity registered(Stack stack) {
    Identity identity = Identity.generate(Randomness.secure());
    var reply = stack.client().agent(identity).register(Optional.empty());
    assertThat(reply).isInstanceOf(Reply.Granted.class);
    return identity;
  }
}
