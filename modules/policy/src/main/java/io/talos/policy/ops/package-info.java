/** Start-up, settings and log of the policy module. */
@NullMarked
package io.talos.policy.ops;

import org.jspecify.annotations.NullMarked;
