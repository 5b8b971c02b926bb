package io.talos.contracts.log.block;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.Limits;
import io.talos.contracts.log.MerkleProof;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A peer's judgement of a block, layer by layer; the first layer that finds a fault is the last
 * that is looked at. Pure, thread safe, never throws on a bad block.
 *
 * <p>At exactly the furthest time ahead a block is still taken.
 *
 * <p>Source: contracts/schemas/audit/block.v1; docs/reference/anchors-and-blocks.md.
 */
public final class BlockValidation {
  private static final String SCHEMA = "audit/block.v1";
  private static final io.talos.contracts.json.Limits JSON_LIMITS =
      new io.talos.contracts.json.Limits(Limits.BLOCK_BYTES_MAX, 3, 32);

  private final Rules rules;
  private final SchemaLibrary schemas = new SchemaLibrary();

  /** Judges by {@code rules}. */
  public BlockValidation(Rules rules) {
    this.rules = rules;
  }

  /**
   * What a peer asks of every block.
   *
   * @param workBitsMin least work that a block must claim
   * @param ahead furthest that a block's time may lie ahead of the peer's
   * @param producers who may produce; everybody when it is empty
   */
  public record Rules(int workBitsMin, Duration ahead, Set<Did> producers) {
    /** How far clocks may differ, as in Talos 1.x. */
    public static final Duration AHEAD = Duration.ofMinutes(5);

    /** Copies. */
    public Rules {
      Check.that(workBitsMin >= 0 && !ahead.isNegative(), "bounds are not negative");
      producers = Set.copyOf(producers);
    }
  }

  /** How far a peer looks. */
  public enum Level {
    /** Form, hash and signature. */
    MINIMAL(BlockLayer.CRYPTOGRAPHY),
    /** And parent, time and work. */
    STANDARD(BlockLayer.LINKAGE),
    /** And whether it may come now. */
    STRICT(BlockLayer.SEMANTICS),
    /** And whether the log itself says the same; needs the log's key and checkpoint. */
    PARANOID(BlockLayer.ANCHORS);

    private final BlockLayer last;

    Level(BlockLayer last) {
      this.last = last;
    }
  }

  /**
   * What the peer knows.
   *
   * @param parent the block before it; empty when the peer expects the first
   * @param known another or the same block that the peer has at this height
   * @param growth the consistency proof from the parent's checkpoint to this one, when it came
   * @param log the log's key, from a source that the peer trusts
   * @param note the log's checkpoint of this size
   */
  public record View(
      Optional<Block> parent,
      Optional<Block> known,
      Optional<List<Bytes>> growth,
      Optional<NoteKey> log,
      Optional<SignedNote> note) {
    /** A peer that knows the parent alone. */
    public static View after(Optional<Block> parent) {
      return new View(
          parent, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /** Reads and judges. */
  public BlockReport judge(Bytes text, View view, Level level, Instant now) {
    Object read = read(text);
    if (read instanceof BlockFault fault) {
      return new BlockReport(Optional.empty(), List.of(), List.of(fault));
    }
    Block block = (Block) read;
    List<BlockLayer> passed = new ArrayList<>(List.of(BlockLayer.STRUCTURE));
    for (BlockLayer layer : BlockLayer.values()) {
      if (layer == BlockLayer.STRUCTURE || layer.compareTo(level.last) > 0) {
        continue;
      }
      List<BlockFault> faults = faults(layer, block, view, now);
      if (!faults.isEmpty()) {
        return new BlockReport(Optional.of(block), passed, faults);
      }
      passed.add(layer);
    }
    return new BlockReport(Optional.of(block), passed, List.of());
  }

  /**
   * A block whose form, hash and signature are right.
   *
   * @throws TalosException {@link ErrorCode#PROOF_INVALID} otherwise
   */
  public static Block open(Bytes text) {
    BlockReport report =
        new BlockValidation(new Rules(0, Rules.AHEAD, Set.of()))
            .judge(text, View.after(Optional.empty()), Level.MINIMAL, Instant.EPOCH);
    if (!report.isValid()) {
      throw new TalosException(
          ErrorCode.PROOF_INVALID, "block: " + report.faults().get(0).statement());
    }
    return report.block().orElseThrow();
  }

  private List<BlockFault> faults(BlockLayer layer, Block block, View view, Instant now) {
    return switch (layer) {
      case STRUCTURE -> List.of();
      case CRYPTOGRAPHY -> cryptography(block, view);
      case LINKAGE -> linkage(block, view, now);
      case SEMANTICS -> semantics(block, view);
      case ANCHORS -> anchors(block, view);
    };
  }

  /** The block, or the fault that keeps it from being one. */
  private Object read(Bytes text) {
    try {
      JsonObject json = StrictJson.parseObject(text, JSON_LIMITS);
      List<SchemaLibrary.Violation> violations = schemas.violations(SCHEMA, json);
      return violations.isEmpty() ? Block.of(json) : fault(violations);
    } catch (TalosException e) {
      return e.code() == ErrorCode.BODY_TOO_LARGE ? BlockFault.TOO_LARGE : BlockFault.MALFORMED;
    } catch (IllegalArgumentException | ArithmeticException e) {
      return BlockFault.MALFORMED;
    }
  }

  private static BlockFault fault(List<SchemaLibrary.Violation> violations) {
    List<String> keywords = violations.stream().map(SchemaLibrary.Violation::keyword).toList();
    if (keywords.contains("required")) {
      return BlockFault.MEMBER_MISSING;
    }
    return keywords.contains("type") ? BlockFault.MEMBER_TYPE : BlockFault.MALFORMED;
  }

  private static List<BlockFault> cryptography(Block block, View view) {
    List<BlockFault> faults = new ArrayList<>();
    when(!block.isHashRight(), BlockFault.HASH, faults);
    when(!block.isSigned(), BlockFault.SIGNATURE, faults);
    if (view.parent.isPresent() && view.growth.isPresent()) {
      Checkpoint before = view.parent.get().checkpoint();
      Checkpoint after = block.checkpoint();
      when(
          !MerkleProof.continues(
              before.size(), before.root(), after.size(), after.root(), view.growth.get()),
          BlockFault.GROWTH,
          faults);
    }
    return faults;
  }

  private List<BlockFault> linkage(Block block, View view, Instant now) {
    List<BlockFault> faults = new ArrayList<>();
    when(!block.isWorked(), BlockFault.WORK, faults);
    boolean late = view.parent.map(p -> block.time().isAfter(p.time())).orElse(true);
    when(!late || block.time().isAfter(now.plus(rules.ahead)), BlockFault.TIME, faults);
    long height = view.parent.map(p -> p.height() + 1).orElse(0L);
    Bytes previous = view.parent.map(Block::hash).orElse(Block.NO_BLOCK);
    when(block.height() != height || !block.previous().equals(previous), BlockFault.LINK, faults);
    when(block.workBits() < rules.workBitsMin, BlockFault.WORK_CLAIM, faults);
    return faults;
  }

  private List<BlockFault> semantics(Block block, View view) {
    List<BlockFault> faults = new ArrayList<>();
    boolean same = view.known.map(k -> k.hash().equals(block.hash())).orElse(false);
    boolean other =
        view.known
            .map(k -> k.producer().equals(block.producer()) && !k.hash().equals(block.hash()))
            .orElse(false);
    when(same, BlockFault.DUPLICATE, faults);
    when(other, BlockFault.SECOND_AT_HEIGHT, faults);
    boolean stranger = !rules.producers.isEmpty() && !rules.producers.contains(block.producer());
    boolean backwards =
        view.parent.map(p -> isBackwards(p.checkpoint(), block.checkpoint())).orElse(false);
    when(stranger || backwards, BlockFault.OUT_OF_PLACE, faults);
    return faults;
  }

  /** A log may end and another one follow; within one log sizes grow, and a size has one root. */
  private static boolean isBackwards(Checkpoint before, Checkpoint after) {
    return before.origin().equals(after.origin())
        && (after.size() < before.size()
            || (after.size() == before.size() && !after.root().equals(before.root())));
  }

  private static List<BlockFault> anchors(Block block, View view) {
    if (view.log.isEmpty() || view.note.isEmpty() || !view.note.get().isSignedBy(view.log.get())) {
      return List.of(BlockFault.CHECKPOINT_UNSIGNED);
    }
    try {
      Checkpoint said = Checkpoint.open(view.note.get(), view.log.get());
      return said.equals(block.checkpoint()) ? List.of() : List.of(BlockFault.CHECKPOINT_DIFFERS);
    } catch (TalosException e) {
      return List.of(BlockFault.CHECKPOINT_DIFFERS);
    }
  }

  private static void when(boolean wrong, BlockFault fault, List<BlockFault> faults) {
    if (wrong) {
      faults.add(fault);
    }
  }
}
