package io.talos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.audit.event.Samples;
import io.talos.audit.tree.Published;
import io.talos.contracts.Bytes;
import io.talos.contracts.audit.EventCursor;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.audit.RequestContext;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.BundleVerifier;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.ProofBundle;
import io.talos.contracts.log.Tile;
import io.talos.contracts.log.TileHashes;
import io.talos.contracts.log.Verification;
import io.talos.contracts.log.Verification.Step;
import io.talos.contracts.principal.Principal;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happened is in the log, and whoever may see it can prove it elsewhere. */
class ProvenEventTest {
  @TempDir Path folder;

  private AuditStage stage;
  private BundleVerifier auditor;

  @BeforeEach
  void the_node_starts() {
    stage = new AuditStage(folder);
    auditor = new BundleVerifier(found(stage.serveLog().key(Optional.empty())));
  }

  private static <T> T found(Reading<T> reading) {
    return reading.match(
        value -> value,
        code -> {
          throw new AssertionError("refused with " + code);
        });
  }

  private static <T> ErrorCode refused(Reading<T> reading) {
    return reading.match(
        value -> {
          throw new AssertionError("given out");
        },
        code -> code);
  }

  @Test
  void every_event_of_a_growing_log_is_proved_against_the_first_checkpoint_ever_seen() {
    Published first = found(stage.serveLog().newest());
    List<UuidV7> written = new ArrayList<>();
    for (int batch : new int[] {1, 2, 250, 3, 300, 1}) {
      for (int i = 0; i < batch; i++) {
        written.add(stage.write(Samples.act("a.b"), Samples.request(Samples.bob())));
      }
      stage.sequence();
    }

    assertThat(first.checkpoint().size()).isZero();
    for (UuidV7 event : written) {
      ProofBundle bundle = found(stage.proveEvent().prove(event, Optional.of(0L), Samples.bob()));
      Verification result = auditor.verify(Bytes.utf8(bundle.json().toString()), first.note());
      assertThat(result)
          .isInstanceOfSatisfying(
              Verification.Verified.class,
              v -> assertThat(v.proved()).contains(Step.INCLUSION, Step.CONSISTENCY));
    }
  }

  @Test
  void a_log_seen_at_any_size_is_proved_to_have_only_grown() {
    UuidV7 event = stage.write(Samples.act("a.b"), Samples.request(Samples.bob()));
    List<Published> seen = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      stage.sequence();
      seen.add(found(stage.serveLog().newest()));
      stage.acts(i);
    }
    stage.sequence();

    for (Published earlier : seen) {
      Optional<Long> since = Optional.of(earlier.checkpoint().size());
      ProofBundle bundle = found(stage.proveEvent().prove(event, since, Samples.carol()));
      assertThat(auditor.verify(Bytes.utf8(bundle.json().toString()), earlier.note()))
          .isInstanceOf(Verification.Verified.class);
    }
  }

  @Test
  void an_event_that_was_just_written_has_no_proof_yet() {
    UuidV7 event = stage.write(Samples.act("a.b"), Samples.request(Samples.bob()));

    assertThat(refused(stage.proveEvent().prove(event, Optional.empty(), Samples.bob())))
        .isEqualTo(ErrorCode.AUDIT_PROOF_PENDING);
    stage.sequence();
    assertThat(found(stage.proveEvent().prove(event, Optional.empty(), Samples.bob())).size())
        .isEqualTo(1);
  }

  @Test
  void growth_since_a_size_the_log_never_had_is_refused() {
    UuidV7 event = stage.write(Samples.act("a.b"), Samples.request(Samples.bob()));
    stage.sequence();

    assertThat(refused(stage.proveEvent().prove(event, Optional.of(2L), Samples.bob())))
        .isEqualTo(ErrorCode.TALOS_INVALID_INPUT);
  }

  @Test
  void mallory_cannot_tell_bobs_event_from_one_that_does_not_exist() {
    UuidV7 event = stage.write(Samples.act("a.b"), Samples.request(Samples.bob()));
    stage.sequence();
    UuidV7 nothing = Samples.IDS.next(Samples.NOW);
    Principal mallory = Samples.mallory();

    for (UuidV7 id : List.of(event, nothing)) {
      assertThat(refused(stage.readEvents.find(id, mallory)))
          .isEqualTo(ErrorCode.AUDIT_EVENT_NOT_FOUND);
      assertThat(refused(stage.proveEvent().prove(id, Optional.empty(), mallory)))
          .isEqualTo(ErrorCode.AUDIT_EVENT_NOT_FOUND);
      assertThat(refused(stage.readEvents.find(id, Principal.anonymous())))
          .isEqualTo(ErrorCode.AUDIT_EVENT_NOT_FOUND);
    }
    assertThat(found(stage.readEvents.find(event, Samples.bob())).event()).isNotEmpty();
  }

  @Test
  void the_address_behind_a_commitment_is_shown_to_operators_only() {
    UuidV7 event = stage.write(Samples.act("a.b"), Samples.request(Samples.bob()));

    assertThat(found(stage.readEvents.find(event, Samples.carol())).openings())
        .containsOnlyKeys("client_address");
    assertThat(found(stage.readEvents.find(event, Samples.bob())).openings()).isEmpty();
  }

  @Test
  void pages_follow_each_other_without_a_gap_or_a_repetition() {
    stage.acts(25);
    List<JsonObject> all = new ArrayList<>();
    Optional<EventCursor> cursor = Optional.empty();
    do {
      ReadEvents.Page page =
          found(stage.readEvents.list(EventFilter.all(), cursor, 10, Samples.carol()));
      all.addAll(page.events());
      cursor = page.next();
    } while (cursor.isPresent());

    assertThat(all).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void strangers_rebuild_the_root_from_the_tiles_and_the_tiles_from_the_entries() {
    stage.acts(600);
    stage.sequence();
    Checkpoint checkpoint = found(stage.serveLog().newest()).checkpoint();

    Bytes root =
        MerkleTree.root(checkpoint.size(), new TileHashes((level, index) -> fetched(level, index)));

    assertThat(checkpoint.size()).isEqualTo(600);
    assertThat(root).isEqualTo(checkpoint.root());
    for (long index = 0; index < 3; index++) {
      int width = Tile.ofEntries(index, 1).widthIn(600);
      List<Bytes> entries =
          entries(found(stage.serveLog().tile(Optional.empty(), Tile.ofEntries(index, width))));
      assertThat(entries.stream().map(MerkleTree::leafHash).toList()).isEqualTo(fetched(0, index));
    }
  }

  private List<Bytes> fetched(int level, long index) {
    int width = Tile.ofHashes(level, index, 1).widthIn(600);
    Bytes tile = found(stage.serveLog().tile(Optional.empty(), Tile.ofHashes(level, index, width)));
    List<Bytes> hashes = new ArrayList<>();
    for (int at = 0; at < tile.size(); at += 32) {
      hashes.add(tile.slice(at, at + 32));
    }
    return hashes;
  }

  private static List<Bytes> entries(Bytes bundle) {
    byte[] bytes = bundle.toArray();
    List<Bytes> entries = new ArrayList<>();
    for (int at = 0; at < bytes.length; ) {
      int size = Byte.toUnsignedInt(bytes[at]) << 8 | Byte.toUnsignedInt(bytes[at + 1]);
      entries.add(bundle.slice(at + 2, at + 2 + size));
      at += 2 + size;
    }
    return entries;
  }

  @Test
  void what_no_checkpoint_covers_is_not_served() {
    stage.acts(5);
    stage.sequence();
    stage.acts(5);

    assertThat(found(stage.serveLog().tile(Optional.empty(), Tile.ofHashes(0, 0, 3))).size())
        .isEqualTo(96);
    for (Tile tile :
        List.of(
            Tile.ofHashes(0, 0, 6),
            Tile.ofHashes(0, 0, 256),
            Tile.ofHashes(0, 1, 1),
            Tile.ofHashes(1, 0, 1),
            Tile.ofEntries(0, 6))) {
      assertThat(refused(stage.serveLog().tile(Optional.empty(), tile)))
          .isEqualTo(ErrorCode.NOT_FOUND);
    }
  }

  @Test
  void an_entry_tells_a_stranger_neither_who_nor_what_for() {
    RequestContext request = Samples.request(Samples.bob());
    stage.write(Samples.act("a.b"), request);
    stage.sequence();

    String entry =
        entries(found(stage.serveLog().tile(Optional.empty(), Tile.ofEntries(0, 1)))).get(0).utf8();
    assertThat(entry)
        .doesNotContain(Samples.bob().id(), request.requestId().text(), "s-1", "192.0.2.1");
    assertThat(entry).contains("\"kind\":\"a.b\"", "\"source\":\"node-1/0\"");
  }

  @Test
  void what_a_crash_left_open_is_closed_as_unknown_and_what_still_runs_is_not() {
    UuidV7 crashed = stage.write(Samples.admission(), Samples.request(Samples.bob()));
    RequestContext finished = Samples.request(Samples.bob());
    stage.write(Samples.admission(), finished);
    stage.write(Samples.outcome(), finished);
    CloseOpenAdmissions sweep =
        new CloseOpenAdmissions(stage.events, stage.writeEvent, stage.settings);

    int running = sweep.run(Samples.NOW.minusSeconds(1), Samples.NOW.plusSeconds(3600));
    int young = sweep.run(Samples.NOW.plusSeconds(10), Samples.NOW.plusSeconds(299));
    int closed = sweep.run(Samples.NOW.plusSeconds(10), Samples.NOW.plusSeconds(301));
    int again = sweep.run(Samples.NOW.plusSeconds(10), Samples.NOW.plusSeconds(600));

    assertThat(List.of(running, young, closed, again)).containsExactly(0, 0, 1, 0);
    JsonObject outcome =
        found(
                stage.readEvents.list(
                    EventFilter.of(Map.of("kind", "request.finished")),
                    Optional.empty(),
                    1,
                    Samples.carol()))
            .events()
            .get(0);
    assertThat(outcome.getString("admission_id")).isEqualTo(crashed.text());
    assertThat(outcome.getString("result")).isEqualTo("unknown");
    assertThat(outcome.getJsonObject("principal").getString("kind")).isEqualTo("system");
  }
}
