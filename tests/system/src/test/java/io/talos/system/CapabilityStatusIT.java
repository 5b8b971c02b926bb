package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.client.McpSession;
import io.talos.client.RevocationReason;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may see which capability, what is said of it, and all of somebody's revoked at once. */
@OnTheStack
@Threat("T-CAPABILITYABUSE-01")
class CapabilityStatusIT {
  private final Stack stack;
  private final Notes notes;

  CapabilityStatusIT(Stack stack) {
    this.stack = stack;
    this.notes = stack.notes();
  }

  private static List<String> hashes(JsonObject page) {
    return page.getJsonArray("capabilities").getValuesAs(JsonObject.class).stream()
        .map(item -> item.getString("hash"))
        .toList();
  }

  @Test
  void an_agent_lists_its_own_grants_newest_first_and_nobody_elses() {
    Identity alice = Agents.registered(stack);
    Identity mallory = Agents.registered(stack);
    UnverifiedCapability first = notes.grant(alice, 1);
    UnverifiedCapability second = notes.grant(alice, 1);

    assertThat(hashes(Replies.value(stack.client().agent(alice).granted())))
        .containsExactly(second.hash().hex(), first.hash().hex());
    assertThat(hashes(Replies.value(stack.operator().granted(Did.parse(alice.did())))))
        .containsExactly(second.hash().hex(), first.hash().hex());
    assertThat(hashes(Replies.value(stack.client().agent(mallory).granted()))).isEmpty();
  }

  @Test
  void a_status_says_what_is_used_and_then_why_it_is_over() {
    Identity alice = Agents.registered(stack);
    Identity bob = Agents.registered(stack);
    UnverifiedCapability alices = notes.grant(alice, 1, 2);
    UnverifiedCapability bobs = notes.passedOn(alices, alice, bob, Notes.READ);
    McpSession session = notes.session(bob, bobs);
    Replies.granted(session.callTool(Notes.READ, Notes.id("nothing")));

    JsonObject open = Replies.value(stack.client().agent(bob).introspect(bobs));
    assertThat(open.getBoolean("active")).isTrue();
    assertThat(open.getJsonArray("limits").getJsonObject(0).getInt("used")).isEqualTo(1);

    Replies.granted(session.callTool(Notes.READ, Notes.id("nothing")));
    JsonObject used = Replies.value(stack.client().agent(alice).introspect(bobs));
    assertThat(used.getBoolean("active")).isFalse();
    assertThat(used.getString("code")).isEqualTo(ErrorCode.CAPABILITY_EXHAUSTED.name());

    Replies.granted(stack.operator().revoke(alices.root().hash(), RevocationReason.OTHER));
    JsonObject over = Replies.value(stack.operator().introspect(bobs));
    assertThat(over.getString("code")).isEqualTo(ErrorCode.CAPABILITY_REVOKED.name());
  }

  @Test
  void to_mallory_alices_capability_does_not_exist() {
    Identity alice = Agents.registered(stack);
    Identity mallory = Agents.registered(stack);

    Replies.refused(
        stack.client().agent(mallory).introspect(notes.grant(alice, 1)),
        ErrorCode.CAPABILITY_NOT_FOUND);
  }

  @Test
  void all_grants_of_alice_end_at_once_with_what_hangs_on_them_and_bobs_own_stays() {
    Identity alice = Agents.registered(stack);
    Identity bob = Agents.registered(stack);
    UnverifiedCapability first = notes.grant(alice, 1);
    notes.grant(alice, 1);
    McpSession fromAlice = notes.session(bob, notes.passedOn(first, alice, bob, Notes.READ));
    McpSession own = notes.session(bob, notes.grant(bob, 0));

    JsonObject done =
        Replies.value(
            stack.operator().revokeGrants(Did.parse(alice.did()), RevocationReason.COMPROMISED));

    assertThat(done.getInt("revoked")).isEqualTo(2);
    Replies.refused(
        fromAlice.callTool(Notes.READ, Notes.id("nothing")), ErrorCode.CAPABILITY_REVOKED);
    Replies.granted(own.callTool(Notes.READ, Notes.id("nothing")));
    assertThat(
            Replies.value(
                    stack
                        .operator()
                        .revokeGrants(Did.parse(alice.did()), RevocationReason.COMPROMISED))
                .getInt("revoked"))
        .isZero();
  }
}
