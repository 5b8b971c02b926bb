/** Tests of io.talos.contracts.id. */
@NullMarked
package io.talos.contracts.id;

import org.jspecify.annotations.NullMarked;
