/** What a proof of an event is made of. */
@NullMarked
package io.talos.audit.proofs;

import org.jspecify.annotations.NullMarked;
