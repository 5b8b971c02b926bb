/** JSON Schema validation of everything that comes from outside. */
@NullMarked
package io.talos.contracts.schema;

import org.jspecify.annotations.NullMarked;
