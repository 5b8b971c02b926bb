/** The documents of organisations' DIDs, fetched from their own servers. */
@NullMarked
package io.talos.identity.didweb;

import org.jspecify.annotations.NullMarked;
