/** Time on the wire. */
@NullMarked
package io.talos.contracts.time;

import org.jspecify.annotations.NullMarked;
