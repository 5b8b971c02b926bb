/** The chain of blocks over checkpoints. Pure Java. */
@NullMarked
package io.talos.audit.blocks;

import org.jspecify.annotations.NullMarked;
