package io.talos.contracts.log.block;

/** What is looked at, in this order; a layer is reached only when those before it hold. */
public enum BlockLayer {
  /** Form. */
  STRUCTURE,
  /** Hash, signature, growth of the log. */
  CRYPTOGRAPHY,
  /** Parent, time, work. */
  LINKAGE,
  /** Whether it may come now, from whom. */
  SEMANTICS,
  /** Whether the log itself says the same. */
  ANCHORS
}
