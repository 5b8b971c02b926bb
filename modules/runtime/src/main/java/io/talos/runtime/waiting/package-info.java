/** Who waits for frames on this node, and is called when some may have come. */
@NullMarked
package io.talos.runtime.waiting;

import org.jspecify.annotations.NullMarked;
