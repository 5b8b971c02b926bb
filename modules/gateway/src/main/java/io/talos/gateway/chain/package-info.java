/** The enforcement chain: every request passes it, in one order, in one place. */
@NullMarked
package io.talos.gateway.chain;

import org.jspecify.annotations.NullMarked;
