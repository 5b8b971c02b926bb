/** Start-up, health and timers of the gateway. */
@NullMarked
package io.talos.gateway.ops;

import org.jspecify.annotations.NullMarked;
