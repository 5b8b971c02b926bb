/** Tests of io.talos.contracts.did. */
@NullMarked
package io.talos.contracts.did;

import org.jspecify.annotations.NullMarked;
