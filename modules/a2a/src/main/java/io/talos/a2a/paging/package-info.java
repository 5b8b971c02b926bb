/** How far a reader has come, as a text that only this server can make. */
@NullMarked
package io.talos.a2a.paging;

import org.jspecify.annotations.NullMarked;
