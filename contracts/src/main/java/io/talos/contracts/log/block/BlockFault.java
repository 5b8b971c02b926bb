package io.talos.contracts.log.block;

/**
 * What can be wrong with a block; the numbers are those of Talos 1.x, a hundred for each layer.
 *
 * <p>Where 1.x checked nothing that could be checked, the number keeps its layer and gets a
 * meaning: 202 is the growth of the log, 401 a second block of one producer at one height.
 */
public enum BlockFault {
  /** It is not a block's JSON. */
  MALFORMED(100, BlockLayer.STRUCTURE, "it is not a block's JSON"),
  /** A member is missing. */
  MEMBER_MISSING(101, BlockLayer.STRUCTURE, "a member is missing"),
  /** A member has another type. */
  MEMBER_TYPE(102, BlockLayer.STRUCTURE, "a member has another type"),
  /** It is too large. */
  TOO_LARGE(103, BlockLayer.STRUCTURE, "it is too large"),
  /** The hash is not that of the other members. */
  HASH(200, BlockLayer.CRYPTOGRAPHY, "the hash is not that of the other members"),
  /** The producer did not sign it. */
  SIGNATURE(201, BlockLayer.CRYPTOGRAPHY, "the producer did not sign it"),
  /** The log did not grow from the parent's root to this one. */
  GROWTH(202, BlockLayer.CRYPTOGRAPHY, "the log did not grow from the parent's root to this one"),
  /** The hash shows less work than the block claims. */
  WORK(300, BlockLayer.LINKAGE, "the hash shows less work than the block claims"),
  /** Its time is not later than its parent's, or too far ahead. */
  TIME(301, BlockLayer.LINKAGE, "its time is not later than its parent's, or too far ahead"),
  /** It does not follow its parent. */
  LINK(302, BlockLayer.LINKAGE, "it does not follow its parent"),
  /** It claims less work than is asked for. */
  WORK_CLAIM(303, BlockLayer.LINKAGE, "it claims less work than is asked for"),
  /** This block is known. */
  DUPLICATE(400, BlockLayer.SEMANTICS, "this block is known"),
  /** Its producer made another block at this height. */
  SECOND_AT_HEIGHT(401, BlockLayer.SEMANTICS, "its producer made another block at this height"),
  /** Its producer, its log or its size cannot come now. */
  OUT_OF_PLACE(402, BlockLayer.SEMANTICS, "its producer, its log or its size cannot come now"),
  /** The log's checkpoint says something else. */
  CHECKPOINT_DIFFERS(500, BlockLayer.ANCHORS, "the log's checkpoint says something else"),
  /** The log's key did not sign the checkpoint. */
  CHECKPOINT_UNSIGNED(501, BlockLayer.ANCHORS, "the log's key did not sign the checkpoint");

  private final int number;
  private final BlockLayer layer;
  private final String statement;

  BlockFault(int number, BlockLayer layer, String statement) {
    this.number = number;
    this.layer = layer;
    this.statement = statement;
  }

  /** The number by which reports name it. */
  public int number() {
    return number;
  }

  /** What is wrong, as a sentence without a full stop. */
  public String statement() {
    return statement;
  }

  /** The layer that finds it. */
  public BlockLayer layer() {
    return layer;
  }
}
