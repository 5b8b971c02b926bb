/** Evidence exports: a stretch of the log with its events, verified as a whole and offline. */
@NullMarked
package io.talos.contracts.log.export;

import org.jspecify.annotations.NullMarked;
