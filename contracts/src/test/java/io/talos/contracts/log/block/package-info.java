/** Forged blocks. */
@NullMarked
package io.talos.contracts.log.block;

import org.jspecify.annotations.NullMarked;
