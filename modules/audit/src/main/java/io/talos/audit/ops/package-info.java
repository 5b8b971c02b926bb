/** Start-up, timers, settings and log messages of the audit module. */
@NullMarked
package io.talos.audit.ops;

import org.jspecify.annotations.NullMarked;
