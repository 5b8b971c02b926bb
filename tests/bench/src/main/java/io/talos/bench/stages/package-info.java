/** A Java agent that measures the stages of the chain inside the server, for the bench alone. */
@NullMarked
package io.talos.bench.stages;

import org.jspecify.annotations.NullMarked;
