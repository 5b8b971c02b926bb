/** Attack stories against sessions and frames. */
@NullMarked
package io.talos.a2a;

import org.jspecify.annotations.NullMarked;
