/** Events and the log in Postgres; the only place that knows their tables. */
@NullMarked
package io.talos.audit.store;

import org.jspecify.annotations.NullMarked;
