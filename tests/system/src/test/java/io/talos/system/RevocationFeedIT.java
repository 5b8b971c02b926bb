package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.client.Identity;
import io.talos.client.RevocationReason;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.registry.Threat;
import io.talos.contracts.revocation.RevocationFeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is offline learns from the signed feed what was revoked. */
@OnTheStack
@Threat("T-CAPABILITYABUSE-01")
class RevocationFeedIT {
  private final Stack stack;
  private final Notes notes;
  private final String issuer;

  RevocationFeedIT(Stack stack) {
    this.stack = stack;
    this.notes = stack.notes();
    Http.Answer answer = stack.http().send(stack.http().request("GET", "/policy/issuer"));
    this.issuer = answer.json().getString("issuer");
  }

  @Test
  void a_follower_finds_what_was_revoked_since_it_last_looked() {
    Identity alice = Agents.registered(stack);
    UnverifiedCapability alices = notes.grant(alice, 1);
    RevocationFeed feed = new RevocationFeed(Set.of(Did.parse(issuer)));
    Replies.granted(stack.client().revocations().follow(feed));
    assertThat(feed.containsAnyOf(List.of(alices.root().hash()))).isFalse();
    long before = feed.epoch();

    Replies.granted(stack.operator().revoke(alices.root().hash(), RevocationReason.MISUSED));
    Replies.granted(stack.client().revocations().follow(feed));

    assertThat(feed.containsAnyOf(List.of(alices.root().hash()))).isTrue();
    assertThat(feed.epoch()).isGreaterThan(before);
  }

  @Test
  void a_follower_that_trusts_another_issuer_believes_nothing() {
    Did other = Did.ofKey(Ed25519.generate(Randomness.secure()).publicKey());
    RevocationFeed feed = new RevocationFeed(Set.of(other));

    assertThatThrownBy(() -> stack.client().revocations().follow(feed))
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.REVOCATION_FEED_INVALID));
  }

  @Test
  void a_page_that_does_not_exist_is_not_found() {
    for (String page : List.of("999999", "-1", "01", "1e3", "a")) {
      Http.Answer answer =
          stack.http().send(stack.http().request("GET", "/policy/revocations/feed/" + page));
      assertThat(answer.code()).as(page).isEqualTo("NOT_FOUND");
    }
  }

  @Test
  void the_command_line_says_whether_a_capability_is_revoked(@TempDir Path folder)
      throws IOException {
    Identity alice = Agents.registered(stack);
    UnverifiedCapability alices = notes.grant(alice, 1);
    Path file = Files.writeString(folder.resolve("capability"), alices.header());

    assertThat(run(file)).isZero();
    Replies.granted(stack.operator().revoke(alices.root().hash(), RevocationReason.OTHER));
    assertThat(run(file)).isEqualTo(1);
  }

  private int run(Path capability) {
    return Command.run(
            "revocations",
            "--server",
            stack.baseUri().toString(),
            "--issuer",
            issuer,
            "--capability",
            capability.toString())
        .status();
  }
}
