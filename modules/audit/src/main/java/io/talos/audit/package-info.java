/** Evidence of what happened: events in the transaction of the change, a log over them, proofs. */
@NullMarked
package io.talos.audit;

import org.jspecify.annotations.NullMarked;
