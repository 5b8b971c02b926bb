/** Attacks on limits and revocations. */
@NullMarked
package io.talos.policy;

import org.jspecify.annotations.NullMarked;
