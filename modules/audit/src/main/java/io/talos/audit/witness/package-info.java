/** Asking witnesses for cosignatures, and being one. Pure Java. */
@NullMarked
package io.talos.audit.witness;

import org.jspecify.annotations.NullMarked;
