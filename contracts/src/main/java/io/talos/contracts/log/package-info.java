/** The transparency log's formats and proofs, verified without any server. */
@NullMarked
package io.talos.contracts.log;

import org.jspecify.annotations.NullMarked;
