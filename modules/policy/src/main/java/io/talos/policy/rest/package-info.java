/** The JAX-RS resources of policy. */
@NullMarked
package io.talos.policy.rest;

import org.jspecify.annotations.NullMarked;
