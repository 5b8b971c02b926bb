/** Tests of io.talos.contracts.registry. */
@NullMarked
package io.talos.contracts.registry;

import org.jspecify.annotations.NullMarked;
