/** Sealed frames on their way from sender to recipient. */
@NullMarked
package io.talos.a2a.frames;

import org.jspecify.annotations.NullMarked;
