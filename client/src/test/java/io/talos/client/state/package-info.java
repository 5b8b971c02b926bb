/** Sealed state, attacked by who has the disk. */
@NullMarked
package io.talos.client.state;

import org.jspecify.annotations.NullMarked;
