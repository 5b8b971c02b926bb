/** Tests of io.talos.contracts.interop. */
@NullMarked
package io.talos.contracts.interop;

import org.jspecify.annotations.NullMarked;
