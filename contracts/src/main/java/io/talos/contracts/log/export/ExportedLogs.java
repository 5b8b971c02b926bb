package io.talos.contracts.log.export;

import static io.talos.contracts.log.export.ExportVerifier.require;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.LogKeys;
import io.talos.contracts.log.LogOrigin;
import io.talos.contracts.log.MerkleRange;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.SaidLoss;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The logs of an export, verified one after another. */
final class ExportedLogs {
  private static final String HEAD = "audit/export_head.v1";

  private final List<LogKeys> logs;
  private final SchemaLibrary schemas;
  private final Supplier<String> lines;
  private final List<ExportVerification.Part> parts = new ArrayList<>();
  private final List<SaidLoss> losses = new ArrayList<>();

  private LineChain chain = LineChain.empty();
  private long events;
  private long callers;
  private boolean judgesAll = true;

  ExportedLogs(List<LogKeys> logs, SchemaLibrary schemas, Supplier<String> lines) {
    this.logs = logs;
    this.schemas = schemas;
    this.lines = lines;
  }

  /** Whether a line is the first one of a log. */
  static boolean isHead(JsonObject line) {
    return line.containsKey("schema_id");
  }

  /** Verifies the log that begins with this line, up to its last entry. */
  void read(String first) {
    JsonObject json = ExportVerifier.parse(first);
    require(schemas.violations(HEAD, json).isEmpty(), "a line has another form");
    ExportHead head = ExportHead.of(json);
    Checkpoint checkpoint = Checkpoint.parse(head.checkpoint().text());
    Checkpoint.open(head.checkpoint(), keys(checkpoint.origin()));
    require(head.end() <= checkpoint.size(), "more entries than the checkpoint covers");
    List<SaidLoss> said = head.losses().stream().map(SaidLoss::of).toList();
    requireFollows(head, checkpoint, said);
    ExportEntries entries = new ExportEntries(head, schemas, lines, chain.with(first));
    Bytes root = head.isEmpty() ? nothing(head, checkpoint) : root(head, checkpoint, entries, said);
    require(root.equals(checkpoint.root()), "these are not the log's entries");
    if (!head.isEmpty()) {
      requireEdges(head, checkpoint, entries);
    }
    parts.add(new ExportVerification.Part(head, checkpoint));
    losses.addAll(said);
    chain = entries.chain();
    events += entries.events();
    callers += entries.callers();
    judgesAll &= entries.judgesAll();
  }

  /** Each log but the first one says first what is lost of the one before it. */
  private void requireFollows(ExportHead head, Checkpoint checkpoint, List<SaidLoss> said) {
    boolean follows = LogOrigin.name(checkpoint.origin()).isPresent();
    require(follows == !parts.isEmpty(), "the first log is missing, or comes twice");
    if (parts.isEmpty()) {
      return;
    }
    ExportHead first = parts.get(0).head();
    require(
        LogOrigin.isOf(parts.get(0).checkpoint().origin(), checkpoint.origin())
            && head.filter().equals(first.filter())
            && head.createdAt().equals(first.createdAt()),
        "the logs are not of one export");
    Checkpoint before = parts.get(parts.size() - 1).checkpoint();
    require(!said.isEmpty() && said.get(0).opens(), "a log does not say what is lost");
    SaidLoss opening = said.get(0);
    require(
        opening.origin().equals(before.origin())
            ? opening.isOf(keys(before.origin())) && opening.from() == before.size()
            : opening.from() == 0,
        "a log does not go on from the one before it");
  }

  private Bytes root(
      ExportHead head, Checkpoint checkpoint, ExportEntries entries, List<SaidLoss> said) {
    boolean[] opened = {head.begin() > 0 || said.isEmpty()};
    return MerkleRange.root(
        head.begin(),
        head.end(),
        checkpoint.size(),
        () -> {
          Bytes hash = entries.nextLeafHash();
          require(
              opened[0] || hash.equals(said.get(0).leaf(0).hash()),
              "a log does not begin with what is lost");
          opened[0] = true;
          return hash;
        },
        head.path());
  }

  /** No entries are evidence of an empty log, or that the log says that it has none. */
  private static Bytes nothing(ExportHead head, Checkpoint checkpoint) {
    require(head.path().isEmpty() && head.begin() == 0, "no entries are at no place");
    if (checkpoint.size() == 0) {
      return MerkleTree.emptyRoot();
    }
    require(!hasWindow(head.filter()), "of a window the entries around it are missing");
    return checkpoint.root();
  }

  private static boolean hasWindow(EventFilter filter) {
    return filter.from().isPresent() || filter.to().isPresent();
  }

  /** A window's entries reach beyond it on both sides, or to where the log begins and ends. */
  private static void requireEdges(ExportHead head, Checkpoint checkpoint, ExportEntries entries) {
    EventFilter filter = head.filter();
    if (!hasWindow(filter)) {
      return;
    }
    boolean left =
        head.begin() == 0 || filter.from().map(entries.firstTime()::isBefore).orElse(false);
    boolean right =
        head.end() == checkpoint.size()
            || filter.to().map(to -> !entries.lastTime().isBefore(to)).orElse(false);
    require(left && right, "the entries do not reach beyond the window");
  }

  LogKeys keys(String origin) {
    return logs.stream()
        .filter(keys -> keys.origin().equals(origin))
        .findFirst()
        .orElseThrow(() -> new TalosException(ErrorCode.EXPORT_INVALID, "no key of " + origin));
  }

  int size() {
    return parts.size();
  }

  Bytes chain() {
    return chain.hash();
  }

  ExportVerification.Verified verified() {
    ExportVerification.Part last = parts.get(parts.size() - 1);
    EventFilter filter = last.head().filter();
    boolean ends = last.head().isEmpty() || last.head().end() == last.checkpoint().size();
    return new ExportVerification.Verified(
        parts,
        losses,
        events,
        callers,
        judgesAll && losses.isEmpty(),
        ends && (filter.request().isEmpty() || events == 0));
  }
}
