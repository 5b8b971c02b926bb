/** Tests of io.talos.contracts.time. */
@NullMarked
package io.talos.contracts.time;

import org.jspecify.annotations.NullMarked;
