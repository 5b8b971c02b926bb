package io.talos.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.SecretBytes;
import org.junit.jupiter.api.Test;

/** Mallory wants to speak in Bob's MCP session. */
class SessionBindingTest {
  private static final String BOB = "did:key:zBob";
  private static final String MALLORY = "did:key:zMallory";

  private final SessionBinding sessions = new SessionBinding(SecretBytes.of(new byte[32]));

  @Test
  void bob_gets_his_own_session_back() {
    String bound = sessions.bind(BOB, "notes", "upstream-1");

    assertThat(sessions.open(BOB, "notes", bound)).contains("upstream-1");
  }

  @Test
  void mallory_cannot_use_the_session_that_bob_was_given() {
    assertThat(sessions.open(MALLORY, "notes", sessions.bind(BOB, "notes", "upstream-1")))
        .isEmpty();
  }

  @Test
  void a_session_of_one_server_is_none_of_another() {
    assertThat(sessions.open(BOB, "mail", sessions.bind(BOB, "notes", "upstream-1"))).isEmpty();
  }

  @Test
  void a_guessed_or_cut_id_is_no_session() {
    String bound = sessions.bind(BOB, "notes", "upstream-1");

    assertThat(sessions.open(BOB, "notes", "upstream-1")).isEmpty();
    assertThat(sessions.open(BOB, "notes", bound.substring(0, bound.length() - 1))).isEmpty();
    assertThat(sessions.open(BOB, "notes", "." + bound)).isEmpty();
    assertThat(sessions.open(BOB, "notes", "a".repeat(SessionBinding.CHARACTERS_MAX + 1)))
        .isEmpty();
  }
}
