/** The rows of schema policy. */
@NullMarked
package io.talos.policy.store;

import org.jspecify.annotations.NullMarked;
