/** The one way to Redis. */
@NullMarked
package io.talos.runtime.redis;

import org.jspecify.annotations.NullMarked;
