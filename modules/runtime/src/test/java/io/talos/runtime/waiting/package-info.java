/** Stories about those who wait. */
@NullMarked
package io.talos.runtime.waiting;

import org.jspecify.annotations.NullMarked;
