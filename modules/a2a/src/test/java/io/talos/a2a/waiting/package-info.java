/** Stories about those who wait. */
@NullMarked
package io.talos.a2a.waiting;

import org.jspecify.annotations.NullMarked;
