/** Rates, idempotency and call counters, kept in Redis. */
@NullMarked
package io.talos.policy.limits;

import org.jspecify.annotations.NullMarked;
