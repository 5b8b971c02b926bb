/** Exports against those of another implementation. */
@NullMarked
package io.talos.contracts.log.export;

import org.jspecify.annotations.NullMarked;
