/** Loads of the audit log. */
@NullMarked
package io.talos.bench.log;

import org.jspecify.annotations.NullMarked;
