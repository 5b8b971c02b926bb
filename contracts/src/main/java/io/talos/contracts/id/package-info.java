/** Identifiers: UUID version 7 from one generator. */
@NullMarked
package io.talos.contracts.id;

import org.jspecify.annotations.NullMarked;
