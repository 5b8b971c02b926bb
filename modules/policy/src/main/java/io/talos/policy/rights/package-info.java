/** Roles and capabilities: who may do what. */
@NullMarked
package io.talos.policy.rights;

import org.jspecify.annotations.NullMarked;
