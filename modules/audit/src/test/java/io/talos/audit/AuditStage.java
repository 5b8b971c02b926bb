package io.talos.audit;

import io.talos.audit.anchors.MemoryAnchorRows;
import io.talos.audit.event.AddressKeys;
import io.talos.audit.event.AddressPeriod;
import io.talos.audit.event.MemoryEventRows;
import io.talos.audit.event.MemoryEventSearch;
import io.talos.audit.event.Samples;
import io.talos.audit.export.ExportKey;
import io.talos.audit.ops.AuditSettings;
import io.talos.audit.proofs.MemoryProofRows;
import io.talos.audit.tree.CheckpointFile;
import io.talos.audit.tree.Durability;
import io.talos.audit.tree.LogGuard;
import io.talos.audit.tree.MemoryLogRows;
import io.talos.audit.tree.SigningKeys;
import io.talos.audit.tree.TileMemory;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.RequestContext;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.port.MapVault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The whole module in memory. A new stage on the same rows is the node after a restart. */
final class AuditStage {
  final MemoryEventRows events;
  final MemoryLogRows rows;
  final MemoryAnchorRows anchors = new MemoryAnchorRows();
  final MemoryProofRows proofs;
  final LogGuard guard = new LogGuard();
  final TileMemory tiles = new TileMemory();
  final CheckpointFile file;
  final MapVault vault;
  final SigningKeys keys;
  private final Randomness seeds;
  final ExportKey exportKey = new ExportKey(() -> Samples.key(8).seed());
  final AuditSettings settings;
  final AddressKeys addresses = new AddressKeys();
  final CheckHistory history;
  final MemoryEventSearch search;
  final ReadEvents readEvents;
  final WriteEvent writeEvent;

  private final Path folder;
  private int stripe;

  AuditStage(Path folder) {
    this(folder, Durability.ASYNC);
  }

  AuditStage(Path folder, Durability durability) {
    this(folder, durability, new MemoryEventRows(), new MapVault(), seeds(), null);
  }

  private AuditStage(
      Path folder,
      Durability durability,
      MemoryEventRows events,
      MapVault vault,
      Randomness seeds,
      @Nullable MemoryLogRows rows) {
    this.folder = folder;
    this.vault = vault;
    this.seeds = seeds;
    keys = new SigningKeys(vault, seeds);
    this.events = events;
    this.rows = rows == null ? new MemoryLogRows(events) : rows;
    proofs = new MemoryProofRows(events, this.rows, anchors);
    file = new CheckpointFile(folder.resolve("deep").resolve("checkpoint.txt"));
    settings =
        new AuditSettings(
            "node-1",
            "talos.example/audit/log",
            file.path(),
            Duration.ofMillis(200),
            durability,
            Duration.ofMinutes(5));
    addresses.use(AddressPeriod.of(Samples.NOW, 1), Samples.key(8).seed());
    history = new CheckHistory(this.rows);
    search = new MemoryEventSearch(events, this.rows);
    readEvents = new ReadEvents(events, search, events);
    writeEvent =
        new WriteEvent(
            events,
            () -> stripe++ % 3,
            settings,
            addresses,
            Samples.ALLOWED,
            Samples.IDS,
            Samples.RANDOMNESS);
    new OpenLog(this.rows, keys, settings).open(Samples.NOW);
  }

  /** The first key of every stage is the same, and so is the second. */
  private static Randomness seeds() {
    AtomicInteger made = new AtomicInteger();
    return bytes -> Arrays.fill(bytes, (byte) made.incrementAndGet());
  }

  AuditStage restarted() {
    return restarted(folder);
  }

  /** A node with files of its own, on the same database. */
  AuditStage restarted(Path files) {
    return restarted(files, settings.durability());
  }

  /** The node with another setting. */
  AuditStage restarted(Durability durability) {
    return restarted(folder, durability);
  }

  private AuditStage restarted(Path files, Durability durability) {
    AuditStage stage = new AuditStage(files, durability, events, vault, seeds, rows);
    stage.stripe = stripe;
    return stage;
  }

  /** What the start-up does with the file. */
  AuditStage compared() {
    file.read().ifPresent(guard::saw);
    sequencer().compare(Samples.NOW);
    return this;
  }

  UuidV7 write(AuditFacts facts, RequestContext request) {
    return writeEvent.write(facts, Optional.of(request), Samples.NOW).eventId();
  }

  void acts(int count) {
    for (int i = 0; i < count; i++) {
      write(Samples.act("session.opened"), Samples.request(Samples.bob()));
    }
  }

  void sequence() {
    sequencer().run(Samples.NOW);
  }

  SequenceEvents sequencer() {
    return new SequenceEvents(
        new AppendBatch(rows, keys, guard, history, settings),
        guard,
        file,
        history,
        reopenLog(),
        new PublishCheckpoint(rows, guard, settings),
        settings);
  }

  ReopenLog reopenLog() {
    return new ReopenLog(rows, keys, history, writeEvent, settings);
  }

  RotateLogKey rotateLogKey() {
    return new RotateLogKey(rows, keys, guard, writeEvent, InstantSource.fixed(Samples.NOW));
  }

  ProveEvent proveEvent() {
    return new ProveEvent(readEvents, proofs, rows, guard, tiles, did -> List.of());
  }

  ExportEvents exportEvents() {
    return new ExportEvents(
        search, new ExportedStretch(search), events, rows, guard, keys, tiles, exportKey);
  }

  FollowLog followLog() {
    return new FollowLog(search, rows, guard);
  }

  ServeLog serveLog() {
    return new ServeLog(rows, events, guard, new ProveKey(events, rows, tiles));
  }
}
