/** What the fuzz tests of every parser share. */
@NullMarked
package io.talos.contracts.fuzz;

import org.jspecify.annotations.NullMarked;
