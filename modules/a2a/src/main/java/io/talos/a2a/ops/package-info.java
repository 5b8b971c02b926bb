/** Start-up, settings and log of the a2a module. */
@NullMarked
package io.talos.a2a.ops;

import org.jspecify.annotations.NullMarked;
