package io.talos.identity;

import static io.talos.identity.Authentication.authenticated;
import static io.talos.identity.Authentication.bearer;
import static io.talos.identity.Authentication.code;
import static io.talos.identity.Authentication.refused;
import static io.talos.identity.Authentication.wanted;
import static io.talos.identity.Outcomes.done;
import static io.talos.identity.Outcomes.refusal;
import static io.talos.identity.People.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.VirtualKeyIssued;
import io.talos.contracts.event.VirtualKeyRevoked;
import io.talos.contracts.port.RequestAuthentication.Authenticated;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.contracts.principal.Proof;
import io.talos.contracts.registry.Threat;
import io.talos.identity.authentication.NotedLock;
import io.talos.identity.keys.Limits;
import io.talos.identity.keys.VirtualKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory reads the database, guesses keys, and keeps using one that was taken back. */
@Threat("T-IMPERSONATION-01")
class LeakedVirtualKeyTest {
  private static final Instant TOMORROW = NOW.plusSeconds(86_400);

  private final Authentication server = new Authentication();
  private final RecordedEvents<VirtualKeyIssued> issued = new RecordedEvents<>();
  private final RecordedEvents<VirtualKeyRevoked> revoked = new RecordedEvents<>();
  private final IssueVirtualKey issue = server.issue(issued, InstantSource.fixed(NOW));
  private final RevokeVirtualKey revoke =
      new RevokeVirtualKey(new NotedLock(), server.keys, revoked, InstantSource.fixed(NOW));

  @Test
  void a_key_works_for_its_holder_as_a_client_and_proves_nothing_more() {
    IssueVirtualKey.Issued key = issue(TOMORROW);

    Authenticated known = authenticated(server.authenticate(bearer("Bearer " + text(key))));

    assertThat(known.principal().kind()).isEqualTo(PrincipalKind.CLIENT);
    assertThat(known.principal().id()).isEqualTo("key:" + key.key().id());
    assertThat(known.principal().roles()).isEqualTo(Set.of("client"));
    assertThat(known.principal().mode()).isEqualTo(AuthMode.BEARER);
    assertThat(known.proof()).isEqualTo(new Proof.Bearer(key.key().id().text()));
    authenticated(server.authenticate(bearer("bearer  " + text(key))));
  }

  @Test
  void neither_the_database_nor_the_event_tells_the_key() {
    IssueVirtualKey.Issued key = issue(TOMORROW);
    String secret = text(key).substring(text(key).lastIndexOf('_') + 1);

    VirtualKey stored = server.keys.all().iterator().next();

    assertThat(stored.toString() + issued.fired() + key).doesNotContain(secret);
    assertThat(Base64Url.encode(stored.tag())).isNotEqualTo(secret);
    assertThat(issued.fired().get(0).facts().meta().toString()).doesNotContain("chat");
    assertThat(issued.fired().get(0).facts().personal()).containsEntry("name", "chat");
  }

  @Test
  void the_stored_tag_is_not_a_key_and_another_pepper_makes_no_key_good() {
    IssueVirtualKey.Issued key = issue(TOMORROW);
    String prefix = text(key).substring(0, text(key).length() - 43);
    String tag = Base64Url.encode(key.key().tag());

    assertThat(code(server.authenticate(bearer("Bearer " + prefix + tag))))
        .isEqualTo(ErrorCode.AUTH_INVALID);
    assertThat(key.text().hasTag(SecretBytes.of(new byte[32]), key.key().tag())).isFalse();
  }

  @Test
  void every_changed_character_of_the_secret_is_noticed() {
    String good = text(issue(TOMORROW));

    for (int i = good.length() - 43; i < good.length() - 1; i++) {
      char changed = good.charAt(i) == 'A' ? 'B' : 'A';
      String guess = good.substring(0, i) + changed + good.substring(i + 1);
      assertThat(code(server.authenticate(bearer("Bearer " + guess))))
          .isEqualTo(ErrorCode.AUTH_INVALID);
    }
  }

  @Test
  void the_secret_of_one_key_does_not_open_another() {
    String first = text(issue(TOMORROW));
    String second = text(issue(TOMORROW));
    String mixed = first.substring(0, first.length() - 43) + second.substring(second.length() - 43);

    assertThat(code(server.authenticate(bearer("Bearer " + mixed))))
        .isEqualTo(ErrorCode.AUTH_INVALID);
  }

  @Test
  void a_revoked_key_is_refused_at_once_and_revoking_is_told_once() {
    IssueVirtualKey.Issued key = issue(TOMORROW);

    done(revoke.revoke(key.key().id()));
    done(revoke.revoke(key.key().id()));

    assertThat(code(server.authenticate(bearer("Bearer " + text(key)))))
        .isEqualTo(ErrorCode.AUTH_REVOKED);
    assertThat(revoked.fired()).containsExactly(new VirtualKeyRevoked(key.key().id()));
  }

  @Test
  void nobody_learns_of_a_key_without_its_secret_that_it_was_revoked() {
    IssueVirtualKey.Issued key = issue(TOMORROW);
    done(revoke.revoke(key.key().id()));
    String guess = text(key).substring(0, text(key).length() - 43) + "A".repeat(43);

    assertThat(refused(server.authenticate(bearer("Bearer " + guess))).code())
        .isEqualTo(ErrorCode.AUTH_INVALID);
  }

  @Test
  void at_its_expiry_itself_a_key_is_refused_and_a_nanosecond_before_it_is_not() {
    String key = "Bearer " + text(issue(TOMORROW));

    authenticated(server.authentication.authenticate(bearer(key), false, TOMORROW.minusNanos(1)));
    assertThat(code(server.authentication.authenticate(bearer(key), false, TOMORROW)))
        .isEqualTo(ErrorCode.AUTH_EXPIRED);
  }

  @Test
  void a_key_that_was_never_issued_is_refused_also_before_the_first_one() {
    String good = text(issue(TOMORROW));

    Authentication another = new Authentication();

    assertThat(code(another.authenticate(bearer("Bearer " + good))))
        .isEqualTo(ErrorCode.AUTH_INVALID);
    assertThat(another.vault.find("identity/virtual-key-pepper")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tvk_",
        "tvk_0196a0f2-6f00-7000-8000-000000000000",
        "tvk_0196a0f2-6f00-7000-8000-000000000000_",
        "tvk_0196a0f2-6f00-7000-8000-000000000000_AAAA",
        "tvk_0196A0F2-6F00-7000-8000-000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "tvk_0196a0f2-6f00-4000-8000-000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "tvk_0196a0f2-6f00-7000-8000-000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
        "tvk_0196a0f2-6f00-7000-8000-000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "tvk_0196a0f2-6f00-7000-8000-000000000000-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
      })
  void what_only_looks_like_a_key_is_refused(String text) {
    issue(TOMORROW);

    assertThat(code(server.authenticate(bearer("Bearer " + text))))
        .isEqualTo(ErrorCode.AUTH_INVALID);
  }

  @Test
  void a_key_lives_as_configured_unless_the_operator_says_and_never_too_long() {
    IssueVirtualKey.Issued usual = done(issue.issue(wanted("chat", Optional.empty())));
    Instant longest = NOW.plus(Limits.LIFETIME_MAX);

    assertThat(usual.key().expiresAt())
        .isEqualTo(NOW.plus(Authentication.SETTINGS.virtualKeyLifetime()));
    done(issue.issue(wanted("chat", Optional.of(longest))));
    for (Instant end : List.of(longest.plusMillis(1), NOW, NOW.minusSeconds(1))) {
      assertThat(refusal(issue.issue(wanted("chat", Optional.of(end)))))
          .isEqualTo(ErrorCode.TALOS_INVALID_INPUT);
    }
    for (String name : List.of("", " ", "a\nb", "x".repeat(101))) {
      assertThat(refusal(issue.issue(wanted(name, Optional.empty()))))
          .isEqualTo(ErrorCode.TALOS_INVALID_INPUT);
    }
    assertThat(server.keys.all()).hasSize(2);
    assertThat(issued.fired()).hasSize(2);
  }

  @Test
  void nobody_revokes_a_key_that_is_not_there() {
    IssueVirtualKey.Issued elsewhere =
        done(
            new Authentication()
                .issue(new RecordedEvents<>(), InstantSource.fixed(NOW))
                .issue(wanted("chat", Optional.empty())));

    assertThat(refusal(revoke.revoke(elsewhere.key().id())))
        .isEqualTo(ErrorCode.VIRTUAL_KEY_NOT_FOUND);
    assertThat(revoked.fired()).isEmpty();
  }

  private IssueVirtualKey.Issued issue(Instant expiresAt) {
    return done(issue.issue(wanted("chat", Optional.of(expiresAt))));
  }

  private static String text(IssueVirtualKey.Issued key) {
    return key.text().reveal();
  }
}
