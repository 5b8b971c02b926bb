/** The a2a schema. */
@NullMarked
package io.talos.a2a.store;

import org.jspecify.annotations.NullMarked;
