/** The registries of contracts/registry as typed values. */
@NullMarked
package io.talos.contracts.registry;

import org.jspecify.annotations.NullMarked;
