/** Attack stories against the real stack. */
@NullMarked
package io.talos.system;

import org.jspecify.annotations.NullMarked;
