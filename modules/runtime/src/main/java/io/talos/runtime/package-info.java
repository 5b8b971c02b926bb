/** What every server module needs and the client must not have. */
@NullMarked
package io.talos.runtime;

import org.jspecify.annotations.NullMarked;
