/** Start-up, settings and log of the secrets module. */
@NullMarked
package io.talos.secrets.ops;

import org.jspecify.annotations.NullMarked;
