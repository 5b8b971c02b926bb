/** What the gateway remembers. */
@NullMarked
package io.talos.gateway.store;

import org.jspecify.annotations.NullMarked;
