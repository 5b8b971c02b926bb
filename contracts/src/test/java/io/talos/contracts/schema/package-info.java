/** Tests of io.talos.contracts.schema. */
@NullMarked
package io.talos.contracts.schema;

import org.jspecify.annotations.NullMarked;
