/** Attack stories and rules of policies. */
@NullMarked
package io.talos.contracts.policy;

import org.jspecify.annotations.NullMarked;
