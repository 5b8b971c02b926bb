/** Tests of io.talos.contracts.codec. */
@NullMarked
package io.talos.contracts.codec;

import org.jspecify.annotations.NullMarked;
