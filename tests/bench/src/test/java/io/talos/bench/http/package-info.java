/** The load counts what it sends. */
@NullMarked
package io.talos.bench.http;

import org.jspecify.annotations.NullMarked;
