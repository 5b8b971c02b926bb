/** Tests of io.talos.contracts.json. */
@NullMarked
package io.talos.contracts.json;

import org.jspecify.annotations.NullMarked;
