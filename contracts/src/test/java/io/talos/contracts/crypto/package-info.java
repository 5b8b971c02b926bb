/** Tests of io.talos.contracts.crypto. */
@NullMarked
package io.talos.contracts.crypto;

import org.jspecify.annotations.NullMarked;
