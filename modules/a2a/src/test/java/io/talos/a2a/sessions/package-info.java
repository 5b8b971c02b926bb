/** What every store of sessions must do. */
@NullMarked
package io.talos.a2a.sessions;

import org.jspecify.annotations.NullMarked;
