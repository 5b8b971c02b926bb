/** The one entry point: the JAX-RS application and what is asked of the gateway itself. */
@NullMarked
package io.talos.gateway;

import org.jspecify.annotations.NullMarked;
