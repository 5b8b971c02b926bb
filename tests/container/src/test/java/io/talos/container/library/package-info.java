/** Goes into a library of the EAR. */
@NullMarked
package io.talos.container.library;

import org.jspecify.annotations.NullMarked;
