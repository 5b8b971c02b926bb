package io.talos.client.watch;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.json.Json;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.Frontier;
import io.talos.contracts.log.LogKeys;
import io.talos.contracts.log.LogLeaf;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.NoteSigner;
import io.talos.contracts.log.ProofBundle;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.Tile;
import io.talos.contracts.log.TileBytes;
import io.talos.contracts.log.TileHashes;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A log in memory that serves what its operator, who may be Mallory, wants to be seen. */
final class ServedLog implements LogSource {
  static final Instant NOW = Instant.parse("2026-11-30T12:00:00.123Z");
  private static final int SOURCES = 3;

  final List<Bytes> entries = new ArrayList<>();

  /** Files that are served instead of the true ones; an empty one is withheld. */
  final Map<String, Optional<Bytes>> instead = new HashMap<>();

  NoteSigner signer =
      new NoteSigner("talos.example/audit/log", Ed25519.generate(Randomness.secure()));

  /** Sign beside {@link #signer}. */
  List<NoteSigner> beside = List.of();

  /** What is served of events that named further keys. */
  final List<Bytes> keyProofs = new ArrayList<>();

  private final Map<String, Long> next = new TreeMap<>();

  /** Logs {@code count} more events. */
  void grow(int count) {
    for (int i = 0; i < count; i++) {
      String source = "node-1/" + entries.size() % SOURCES;
      log(source, next.merge(source, 1L, Long::sum) - 1, "a.b");
    }
  }

  void log(String source, long sourceSeq, String kind) {
    entries.add(entry(entries.size(), source, sourceSeq, kind));
    next.put(source, sourceSeq + 1);
  }

  static Bytes entry(long index, String source, long sourceSeq, String kind) {
    Bytes hash = Sha256.of(Bytes.utf8(source + " " + sourceSeq));
    return new LogLeaf(index, source, sourceSeq, kind, NOW, hash).bytes();
  }

  /** The number that the source's next event has. */
  long next(String source) {
    return next.getOrDefault(source, 0L);
  }

  @Override
  public Bytes checkpoint() {
    return Bytes.utf8(note().encoded());
  }

  private SignedNote note() {
    String text = new Checkpoint(signer.name(), entries.size(), root(0, entries.size())).text();
    List<SignedNote.Line> lines = new ArrayList<>(signer.sign(text).lines());
    beside.forEach(other -> lines.addAll(other.sign(text).lines()));
    return new SignedNote(text, lines);
  }

  @Override
  public List<Bytes> keyProofs() {
    return keyProofs;
  }

  /** Logs an event that names keys; its proof under the checkpoint that covers it. */
  Bytes named(String kind, NoteKey key, NoteKey beside) {
    String source = "node-1/0";
    long index = entries.size();
    AuditEvent event =
        AuditEvent.of(
            AuditFacts.act(
                kind,
                new AuditFacts.Resource("log", signer.name()),
                Json.createObjectBuilder()
                    .add(LogKeys.KEY, key.vkey())
                    .add(LogKeys.BESIDE, beside.vkey())
                    .build()),
            Optional.empty(),
            new AuditEvent.Place(
                new UuidV7Generator(Randomness.secure()).next(NOW), NOW, source, next(source)),
            Randomness.secure());
    entries.add(LogLeaf.of(event.json(), index).bytes());
    next.merge(source, 1L, Long::sum);
    TileHashes hashes = new TileHashes((level, at) -> tileHashes(level, at));
    return Bytes.utf8(
        new ProofBundle(
                event.json(),
                LogLeaf.of(event.json(), index).json(),
                entries.size(),
                MerkleTree.inclusion(index, entries.size(), hashes),
                note().encoded(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of())
            .json()
            .toString());
  }

  private List<Bytes> tileHashes(int level, long index) {
    int width = Tile.ofHashes(level, index, 1).widthIn(entries.size());
    return TileBytes.hashes(hashes(Tile.ofHashes(level, index, width)), width);
  }

  private Bytes root(int from, int to) {
    Frontier frontier = new Frontier();
    entries.subList(from, to).forEach(entry -> frontier.append(MerkleTree.leafHash(entry)));
    return frontier.root();
  }

  @Override
  public Optional<Bytes> tile(Tile tile) {
    if (instead.containsKey(tile.path())) {
      return instead.get(tile.path());
    }
    if (tile.widthIn(entries.size()) < tile.width()) {
      return Optional.empty();
    }
    return Optional.of(tile.level().isPresent() ? hashes(tile) : bundle(tile));
  }

  private Bytes hashes(Tile tile) {
    int leaves = 1 << (tile.level().getAsInt() * Tile.HEIGHT);
    Bytes hashes = Bytes.empty();
    for (int i = 0; i < tile.width(); i++) {
      int from = (int) (tile.index() * Tile.WIDTH_FULL + i) * leaves;
      hashes = hashes.concat(root(from, from + leaves));
    }
    return hashes;
  }

  private Bytes bundle(Tile tile) {
    int from = (int) tile.index() * Tile.WIDTH_FULL;
    return bundle(entries.subList(from, from + tile.width()));
  }

  static Bytes bundle(List<Bytes> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Bytes entry : entries) {
      bytes.write(entry.size() >>> Byte.SIZE);
      bytes.write(entry.size());
      bytes.writeBytes(entry.toArray());
    }
    return Bytes.of(bytes.toByteArray());
  }
}
