/** Attacks on roles and capabilities. */
@NullMarked
package io.talos.policy.rights;

import org.jspecify.annotations.NullMarked;
