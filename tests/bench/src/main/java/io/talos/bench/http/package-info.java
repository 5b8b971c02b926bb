/** Closed-loop HTTP load on the real stack, all on the loopback interface. */
@NullMarked
package io.talos.bench.http;

import org.jspecify.annotations.NullMarked;
