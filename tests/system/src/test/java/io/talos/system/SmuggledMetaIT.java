package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.contracts.registry.MetaAllowList;
import io.talos.contracts.registry.Threat;
import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Mallory wants words of her choice to stay in the log for good. */
@OnTheStack
@Threat("T-METADATA-01")
class SmuggledMetaIT {
  private final Stack stack;
  private final Trail trail;

  SmuggledMetaIT(Stack stack) {
    this.stack = stack;
    this.trail = new Trail(stack);
  }

  @Test
  void what_she_writes_into_a_path_stays_out_of_the_event_and_the_event_says_so() {
    Identity mallory = Agents.registered(stack);
    String words = "alice-" + UUID.randomUUID() + "@example.org";

    Http.Answer answer =
        stack
            .http()
            .send(
                stack
                    .http()
                    .request("GET", "/a2a/sessions/" + words)
                    .signed(stack.baseUri(), mallory.signing(), Optional.empty()));

    assertThat(answer.status()).isGreaterThanOrEqualTo(400);
    JsonObject admission = trail.one(Replies.request(answer), "request.admitted");
    assertThat(admission.toString()).doesNotContain("alice-");
    assertThat(admission.getJsonObject("meta").getString(MetaAllowList.KEYS))
        .isEqualTo("scope_session_id");
    assertThat(admission.getJsonObject("meta").getString("scope_type")).isEqualTo("session");
  }

  @Test
  void of_all_that_talos_itself_said_so_far_nothing_was_left_out() {
    Agents.registered(stack);

    assertThat(trail.events("phase = 'act' and kind = 'agent.registered'")).isNotEmpty();
    assertThat(
            stack.column(
                "select event from audit.event where phase = 'act' and event like '%"
                    + MetaAllowList.APPLIED
                    + "%' limit 3"))
        .isEmpty();
  }
}
