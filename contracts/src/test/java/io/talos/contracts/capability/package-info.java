/** Attacks on capability chains. */
@NullMarked
package io.talos.contracts.capability;

import org.jspecify.annotations.NullMarked;
