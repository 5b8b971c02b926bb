/** Capability tokens: chains of signed links that can only narrow, verified offline. */
@NullMarked
package io.talos.contracts.capability;

import org.jspecify.annotations.NullMarked;
