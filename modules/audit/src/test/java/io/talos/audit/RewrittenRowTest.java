package io.talos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.audit.event.Samples;
import io.talos.audit.recheck.BadRow;
import io.talos.audit.recheck.Limits;
import io.talos.audit.recheck.LogWalk;
import io.talos.audit.recheck.MemoryRecheckRows;
import io.talos.audit.recheck.RecheckRows.StoredCheckpoint;
import io.talos.audit.recheck.RecheckRows.StoredEntry;
import io.talos.audit.recheck.RecheckRows.StoredEvent;
import io.talos.audit.recheck.RecheckRows.StoredEvidence;
import io.talos.audit.recheck.RecheckRows.StoredHash;
import io.talos.audit.recheck.RecheckRows.StoredOpening;
import io.talos.audit.recheck.RecheckRows.Tail;
import io.talos.audit.recheck.RecheckState;
import io.talos.audit.recheck.Verdict;
import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.EventPhase;
import io.talos.contracts.audit.EventResult;
import io.talos.contracts.audit.Evidence;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.LogLeaf;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.NoteSigner;
import io.talos.contracts.principal.Proof;
import io.talos.contracts.registry.Threat;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mallory owns the database, changes one row, and hopes that nobody finds which. */
@Threat("T-AUDITTAMPERING-01")
class RewrittenRowTest {
  private static final int SIZE = 600;
  private static final int VICTIM = 100;

  @TempDir Path folder;

  private MemoryRecheckRows rows;

  @BeforeEach
  void a_log_with_a_few_checkpoints() {
    AuditStage stage = new AuditStage(folder);
    stage.write(signed(), Samples.request(Samples.bob()));
    stage.acts(199);
    stage.sequence();
    stage.acts(56);
    stage.sequence();
    stage.acts(SIZE - 256);
    stage.sequence();
    rows = new MemoryRecheckRows(stage.rows, stage.events);
  }

  /** The admission of a request that Bob signed. */
  private static AuditFacts signed() {
    return new AuditFacts(
        "request.admitted",
        EventPhase.ADMISSION,
        EventResult.SUCCESS,
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        JsonValue.EMPTY_JSON_OBJECT,
        Map.of(),
        Optional.of(
            new Evidence(
                new Proof.Signature(
                    "did:key:bob#1", Bytes.utf8("base"), Bytes.utf8("signed"), Samples.NOW),
                Optional.empty(),
                Optional.empty())));
  }

  private Verdict recheck() {
    RecheckState state = new RecheckState();
    state.begin();
    return new LogWalk(rows, state, Runnable::run, 2).run();
  }

  private void assertFirstBad(String table, String key, String what) {
    assertThat(recheck()).isEqualTo(new Verdict.Broken(new BadRow(table, key, what)));
  }

  private static String entry(long logSeq) {
    return "log_id=1, log_seq=" + logSeq;
  }

  private static String hash(int level, long position) {
    return "log_id=1, tile_level=" + level + ", position=" + position;
  }

  private String eventKey(int logSeq) {
    return "event_id=" + rows.entries.get(logSeq).eventId();
  }

  private String text(int logSeq) {
    return rows.event(logSeq).text().utf8();
  }

  private void assertTextRefused(String other, String what) {
    assertThat(other).isNotEqualTo(text(VICTIM));
    rows.rewrite(VICTIM, Bytes.utf8(other));
    assertFirstBad("audit.event", eventKey(VICTIM), what);
  }

  @Test
  void an_untouched_log_holds_to_its_last_entry() {
    assertThat(recheck()).isEqualTo(new Verdict.Holds(SIZE));
  }

  @Test
  void a_log_of_more_than_one_batch_holds_and_its_last_entry_is_looked_at() {
    AuditStage stage = new AuditStage(folder.resolve("large"));
    int size = Limits.BATCH + 300;
    stage.acts(size);
    stage.sequence();
    rows = new MemoryRecheckRows(stage.rows, stage.events);
    assertThat(recheck()).isEqualTo(new Verdict.Holds(size));

    rows.entries.remove(size - 1);

    assertFirstBad("audit.leaf", entry(size - 1), "is missing");
  }

  @Test
  void a_word_in_an_events_text_that_was_changed() {
    assertTextRefused(
        text(VICTIM).replace("session.opened", "session.closed"),
        "its text has not the hash that it names");
  }

  @Test
  void a_hash_in_an_events_text_that_was_changed() {
    String hash = rows.event(VICTIM).hash().hex();
    assertTextRefused(
        text(VICTIM).replace(hash, Sha256.hex(Bytes.utf8("forged"))),
        "its text has not the hash that it names");
  }

  @Test
  void a_space_in_an_events_text() {
    assertTextRefused(
        text(VICTIM).replace(",\"kind\"", ", \"kind\""),
        "its text is not the one text of an event");
  }

  @Test
  void an_event_hash_that_stands_at_another_place() {
    String member = "\"event_hash\":\"" + rows.event(VICTIM).hash().hex() + "\",";
    String without = text(VICTIM).replace(member, "");
    assertTextRefused(
        "{" + member + without.substring(1), "its text is not the one text of an event");
  }

  @Test
  void an_event_hash_without_quotation_marks() {
    String hash = rows.event(VICTIM).hash().hex();
    assertTextRefused(
        text(VICTIM).replace("\"" + hash + "\"", "1" + hash + "1"),
        "its text has not the hash that it names");
  }

  @Test
  void a_second_event_hash() {
    String member = "\"event_hash\":\"" + rows.event(VICTIM).hash().hex() + "\",";
    assertTextRefused(
        text(VICTIM).replace(member, member + member), "its text is not the one text of an event");
  }

  @Test
  void an_events_text_that_was_cut_off() {
    assertTextRefused(text(VICTIM).substring(0, 200), "its text is not the one text of an event");
  }

  @Test
  void an_event_that_was_written_anew_with_a_hash_that_fits_it() {
    JsonObject forged = forged(VICTIM);
    rows.replace(VICTIM, MemoryRecheckRows.stored(forged));
    assertFirstBad(
        "audit.event", eventKey(VICTIM), "is not the event that entry " + VICTIM + " is of");
  }

  @Test
  void an_event_and_its_entry_that_were_written_anew() {
    forgeEntry(VICTIM);
    assertFirstBad("audit.tree_hash", hash(0, VICTIM), "is not the hash of its entry");
  }

  @Test
  void an_event_its_entry_and_its_hash_that_were_written_anew() {
    Bytes leafHash = MerkleTree.leafHash(forgeEntry(VICTIM));
    rows.level(0).set(VICTIM, new StoredHash(VICTIM, leafHash));
    assertFirstBad(
        "audit.checkpoint", "log_id=1, size=200", "its root is not the one of the entries");
  }

  /** Another event, right in itself, of the same id and number. */
  private JsonObject forged(int logSeq) {
    JsonObject was =
        StrictJson.parseObject(rows.event(logSeq).text(), io.talos.contracts.json.Limits.REQUEST);
    JsonObject changed = Json.createObjectBuilder(was).add("kind", "session.closed").build();
    return Json.createObjectBuilder(changed)
        .add(AuditEvent.EVENT_HASH, AuditEvent.hashOf(changed).hex())
        .build();
  }

  private Bytes forgeEntry(int logSeq) {
    JsonObject forged = forged(logSeq);
    Bytes leaf = LogLeaf.of(forged, logSeq).bytes();
    rows.entries.set(
        logSeq,
        new StoredEntry(
            logSeq, forged.getString("event_id"), leaf, MemoryRecheckRows.stored(forged)));
    return leaf;
  }

  @Test
  void a_column_of_an_event_that_says_another_thing_than_its_text() {
    StoredEvent is = rows.event(VICTIM);
    rows.replace(
        VICTIM,
        new StoredEvent(
            is.text(),
            is.hash(),
            is.source(),
            is.sourceSeq(),
            is.kind(),
            is.phase(),
            is.result(),
            is.epochMillis() + 1));
    assertFirstBad("audit.event", eventKey(VICTIM), "its column ts is not what its text says");
  }

  @Test
  void an_event_that_was_deleted() {
    StoredEntry is = rows.entries.get(VICTIM);
    rows.entries.set(VICTIM, new StoredEntry(VICTIM, is.eventId(), is.leaf(), null));
    assertFirstBad("audit.event", eventKey(VICTIM), "is missing");
  }

  @Test
  void an_entry_that_was_changed() {
    StoredEntry is = rows.entries.get(VICTIM);
    rows.entries.set(VICTIM, new StoredEntry(VICTIM, is.eventId(), Bytes.utf8("{}"), is.event()));
    assertFirstBad("audit.leaf", entry(VICTIM), "is not the entry of its event");
  }

  @Test
  void an_entry_that_was_deleted() {
    rows.entries.remove(VICTIM);
    assertFirstBad("audit.leaf", entry(VICTIM), "is missing");
  }

  @Test
  void a_hash_of_an_entry_that_was_changed() {
    rows.level(0).set(VICTIM, new StoredHash(VICTIM, Sha256.of()));
    assertFirstBad("audit.tree_hash", hash(0, VICTIM), "is not the hash of its entry");
  }

  @Test
  void a_hash_of_an_entry_that_was_deleted() {
    rows.level(0).remove(VICTIM);
    assertFirstBad("audit.tree_hash", hash(0, VICTIM), "is missing");
  }

  @Test
  void a_hash_above_a_tile_that_was_changed() {
    rows.level(1).set(1, new StoredHash(1, Sha256.of()));
    assertFirstBad("audit.tree_hash", hash(1, 1), "is not the root over its tile");
  }

  @Test
  void a_hash_above_a_tile_that_was_deleted() {
    rows.level(1).remove(0);
    assertFirstBad("audit.tree_hash", hash(1, 0), "is missing");
  }

  @Test
  void a_checkpoint_inside_that_somebody_else_signed() {
    int size = 256;
    StoredCheckpoint is = checkpoint(size);
    NoteSigner mallory = new NoteSigner("talos.example/audit/log", Samples.key(66));
    String text = new Checkpoint(mallory.name(), size, is.root()).text();
    replace(new StoredCheckpoint(size, is.root(), mallory.sign(text).encoded()));
    assertFirstBad(
        "audit.checkpoint", "log_id=1, size=256", "its note is not signed by the log's key");
  }

  @Test
  void a_checkpoint_whose_columns_were_changed() {
    StoredCheckpoint is = checkpoint(256);
    replace(new StoredCheckpoint(256, Sha256.of(), is.note()));
    assertFirstBad(
        "audit.checkpoint", "log_id=1, size=256", "its columns are not what its note says");
  }

  @Test
  void a_checkpoint_whose_note_is_none() {
    replace(new StoredCheckpoint(0, Sha256.of(), "nothing to see here\n"));
    assertFirstBad("audit.checkpoint", "log_id=1, size=0", "its note holds no checkpoint");
  }

  @Test
  void every_checkpoint_that_was_deleted() {
    rows.checkpoints.clear();
    assertFirstBad("audit.checkpoint", "log_id=1, size=0", "is missing");
  }

  private StoredCheckpoint checkpoint(long size) {
    return rows.checkpoints.stream().filter(c -> c.size() == size).findFirst().orElseThrow();
  }

  private void replace(StoredCheckpoint other) {
    rows.checkpoints.replaceAll(c -> c.size() == other.size() ? other : c);
  }

  @Test
  void an_opening_that_says_another_address() {
    StoredOpening is = rows.openings.get(VICTIM);
    rows.openings.set(
        VICTIM, new StoredOpening(is.logSeq(), is.eventId(), is.name(), "198.51.100.7", is.salt()));
    assertFirstBad(
        "audit.opening",
        "event_id=" + is.eventId() + ", name=" + is.name(),
        "is not what its event commits to");
  }

  @Test
  void an_opening_that_was_erased_is_nothing_bad() {
    rows.openings.clear();
    assertThat(recheck()).isEqualTo(new Verdict.Holds(SIZE));
  }

  @Test
  void what_bob_signed_and_was_exchanged() {
    rows.evidence.set(0, new StoredEvidence(0, Bytes.utf8("another base")));
    assertFirstBad("audit.evidence", eventKey(0), "is not what its event says was signed");
  }

  @Test
  void what_bob_signed_and_was_deleted() {
    rows.evidence.clear();
    assertFirstBad("audit.evidence", eventKey(0), "is missing");
  }

  @Test
  void a_row_beyond_the_newest_checkpoint() {
    BadRow slipped = new BadRow("audit.leaf", entry(SIZE), "lies beyond the newest checkpoint");
    rows.beyond = Optional.of(slipped);
    assertThat(recheck()).isEqualTo(new Verdict.Broken(slipped));
  }

  @Test
  void an_event_that_was_taken_out_before_it_was_logged_leaves_a_gap() {
    String source = rows.tails.keySet().iterator().next();
    Tail is = rows.tail(source, 0);
    long counted = is.nextSeq().orElseThrow();
    rows.tails.put(source, new Tail(OptionalLong.of(counted + 1), 0, Optional.empty()));

    assertFirstBad(
        "audit.source",
        "source=" + source,
        "counts to " + (counted + 1) + "; there are 0 events from number " + counted + " on");
  }

  @Test
  void an_event_that_was_taken_from_the_outbox() {
    String source = rows.tails.keySet().iterator().next();
    long counted = rows.tail(source, 0).nextSeq().orElseThrow();
    rows.tails.put(source, new Tail(OptionalLong.of(counted + 1), 1, Optional.of("e-1")));
    assertFirstBad("audit.event", "event_id=e-1", "is in no log and does not wait for one");
  }

  @Test
  void a_number_that_was_skipped_before_its_event_was_logged() {
    AuditStage stage = new AuditStage(folder.resolve("gap"));
    stage.acts(3);
    stage.events.nextSeq("node-1/0");
    stage.acts(3);
    stage.sequence();
    rows = new MemoryRecheckRows(stage.rows, stage.events);

    assertFirstBad(
        "audit.event",
        "source=node-1/0, source_seq=1",
        "is not in the log; entry 3 has its source's number 2");
  }

  @Test
  void of_two_bad_rows_the_first_is_named() {
    rows.level(0).set(VICTIM + 1, new StoredHash(VICTIM + 1L, Sha256.of()));
    rows.entries.remove(VICTIM + 50);
    assertFirstBad("audit.tree_hash", hash(0, VICTIM + 1), "is not the hash of its entry");
  }

  @Test
  void a_recheck_that_was_told_to_stop_says_how_far_it_came() {
    RecheckState state = new RecheckState();
    state.begin();
    state.cancel();

    assertThat(new LogWalk(rows, state, Runnable::run, 2).run())
        .isEqualTo(new Verdict.Cancelled(0));
    assertThat(state.begin()).isFalse();
  }
}
