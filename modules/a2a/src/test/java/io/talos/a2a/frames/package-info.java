/** What every store of frames must do, and stories against cursors. */
@NullMarked
package io.talos.a2a.frames;

import org.jspecify.annotations.NullMarked;
