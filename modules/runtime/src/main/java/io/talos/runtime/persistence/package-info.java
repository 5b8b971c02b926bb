/** Schema migration, one schema per module. */
@NullMarked
package io.talos.runtime.persistence;

import org.jspecify.annotations.NullMarked;
