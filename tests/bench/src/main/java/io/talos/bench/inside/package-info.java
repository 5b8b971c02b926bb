/** What the bench puts into its own copy of the EAR, to load modules at their ports. */
@NullMarked
package io.talos.bench.inside;

import org.jspecify.annotations.NullMarked;
