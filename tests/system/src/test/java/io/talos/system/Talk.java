package io.talos.system;

import io.talos.client.AgentClient;
import io.talos.client.Channel;
import io.talos.client.Identity;
import io.talos.client.Sessions;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.id.UuidV7;

/**
 * Alice and Bob in a session of their own.
 *
 * @param alices Alice's end, who opened it
 * @param bobs Bob's end, who accepted it
 */
record Talk(Identity alice, Identity bob, Channel alices, Channel bobs) {

  static Talk begun(Stack stack) {
    Identity alice = Agents.registered(stack);
    Identity bob = withPrekeys(stack);
    Channel alices =
        Replies.value(stack.client().agent(alice).sessions().open(Did.parse(bob.did())));
    Sessions.Accepted accepted =
        Replies.value(
            stack.client().agent(bob).sessions().accept(alices.session(), Did.parse(alice.did())));
    return new Talk(alice, bob, alices, accepted.channel());
  }

  /** An agent with whom a session can be opened. */
  static Identity withPrekeys(Stack stack) {
    Identity agent = Agents.registered(stack).withFreshPrekeys(2, Randomness.secure(), Notes.now());
    AgentClient client = stack.client().agent(agent);
    Replies.granted(client.publishPrekeys(agent));
    return agent;
  }

  UuidV7 session() {
    return alices.session();
  }

  String path() {
    return "/a2a/sessions/" + session();
  }
}
