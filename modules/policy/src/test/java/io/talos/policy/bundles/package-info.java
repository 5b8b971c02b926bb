/** Attack stories of policy bundles. */
@NullMarked
package io.talos.policy.bundles;

import org.jspecify.annotations.NullMarked;
