/** Start-up, readiness and settings of identity. */
@NullMarked
package io.talos.identity.ops;

import org.jspecify.annotations.NullMarked;
