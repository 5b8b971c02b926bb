/** The log's proofs before verifiers that others wrote. */
@NullMarked
package io.talos.interop;

import org.jspecify.annotations.NullMarked;
