/** JAX-RS resources of the gateway. */
@NullMarked
package io.talos.gateway.rest;

import org.jspecify.annotations.NullMarked;
