/** What Talos is compared with: JAX-RS without Talos, deployed beside it by the bench alone. */
@NullMarked
package io.talos.bench.bare;

import org.jspecify.annotations.NullMarked;
