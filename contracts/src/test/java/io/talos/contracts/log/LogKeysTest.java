package io.talos.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Mallory wants a verifier to take her key for one of the log's. */
class LogKeysTest {
  private static final String ORIGIN = "talos.example/audit/log";
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00.123Z");

  private final Randomness randomness = Randomness.secure();
  private final UuidV7Generator ids = new UuidV7Generator(randomness);
  private final NoteSigner first = signer(ORIGIN);
  private final NoteSigner second = signer(ORIGIN);
  private final NoteSigner third = signer(ORIGIN);
  private final NoteSigner mallory = signer(ORIGIN);
  private final LogKeys trusted = LogKeys.of(first.verifier());

  private NoteSigner signer(String name) {
    return new NoteSigner(name, Ed25519.generate(randomness));
  }

  /** The proof of an event that names {@code added}, under a checkpoint of {@code signers}. */
  private Bytes proof(String kind, String added, String beside, NoteSigner... signers) {
    AuditFacts facts =
        AuditFacts.act(
            kind,
            new AuditFacts.Resource("log", ORIGIN),
            Json.createObjectBuilder().add(LogKeys.KEY, added).add(LogKeys.BESIDE, beside).build());
    AuditEvent event =
        AuditEvent.of(
            facts,
            Optional.empty(),
            new AuditEvent.Place(ids.next(NOW), NOW, "node-1/0", 0),
            randomness);
    LogLeaf leaf = LogLeaf.of(event.json(), 0);
    String text = new Checkpoint(ORIGIN, 1, leaf.hash()).text();
    List<SignedNote.Line> lines = new ArrayList<>();
    for (NoteSigner signer : signers) {
      lines.addAll(signer.sign(text).lines());
    }
    return Bytes.utf8(
        new ProofBundle(
                event.json(),
                leaf.json(),
                1,
                List.of(),
                new SignedNote(text, lines).encoded(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of())
            .json()
            .toString());
  }

  private Bytes added(NoteSigner key, NoteSigner beside, NoteSigner... signers) {
    return proof(LogKeys.ADDED, key.verifier().vkey(), beside.verifier().vkey(), signers);
  }

  @Test
  void a_key_that_a_trusted_key_signed_for_is_trusted_and_so_is_the_next() {
    Bytes toSecond = added(second, first, first, second);
    Bytes toThird = added(third, second, second, third);

    assertThat(trusted.joined(List.of(toThird, toSecond)).all())
        .containsExactly(first.verifier(), second.verifier(), third.verifier());
  }

  @Test
  void who_begins_with_the_new_key_learns_which_one_signed_before() {
    Bytes toSecond = added(second, first, first, second);

    assertThat(LogKeys.of(second.verifier()).joined(List.of(toSecond)).all())
        .containsExactly(second.verifier(), first.verifier());
  }

  @Test
  void what_is_signed_from_now_on_is_trusted_under_later_keys_only() {
    List<Bytes> proofs =
        List.of(added(third, second, second, third), added(second, first, first, second));

    assertThat(LogKeys.of(second.verifier()).followed(proofs).all())
        .containsExactly(second.verifier(), third.verifier());
    assertThat(trusted.followed(proofs).all())
        .containsExactly(first.verifier(), second.verifier(), third.verifier());
  }

  @Test
  void a_key_that_only_it_itself_signed_for_is_not() {
    assertThat(trusted.joined(List.of(added(mallory, first, mallory)))).isEqualTo(trusted);
    assertThat(trusted.joined(List.of(added(third, second, second, third)))).isEqualTo(trusted);
  }

  @Test
  void an_event_of_another_kind_names_no_key() {
    Bytes granted =
        proof("note.written", mallory.verifier().vkey(), first.verifier().vkey(), first);
    Bytes retired =
        proof("log.key_retired", mallory.verifier().vkey(), first.verifier().vkey(), first);

    assertThat(trusted.joined(List.of(granted, retired))).isEqualTo(trusted);
  }

  @Test
  void a_key_of_another_log_or_none_at_all_is_passed_over() {
    NoteSigner other = signer("mallory.example/log");

    assertThat(trusted.joined(List.of(added(other, first, first)))).isEqualTo(trusted);
    assertThat(trusted.joined(List.of(proof(LogKeys.ADDED, "none", "none", first))))
        .isEqualTo(trusted);
    assertThat(trusted.joined(List.of(Bytes.utf8("{}"), Bytes.empty()))).isEqualTo(trusted);
  }

  @Test
  void more_keys_than_any_log_has_are_not_learned() {
    List<Bytes> proofs = new ArrayList<>();
    for (int i = 0; i < Limits.LOG_KEYS_MAX + 5; i++) {
      proofs.add(added(signer(ORIGIN), first, first));
    }

    assertThat(trusted.joined(proofs).all()).hasSize(Limits.LOG_KEYS_MAX);
  }

  @Test
  void keys_of_two_logs_are_no_keys_of_one() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new LogKeys(List.of(first.verifier(), signer("bob.example/log").verifier())));
    assertThatIllegalArgumentException().isThrownBy(() -> new LogKeys(List.of()));
  }
}
