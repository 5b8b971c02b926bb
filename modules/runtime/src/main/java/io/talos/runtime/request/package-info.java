/** The request that the current thread works for. */
@NullMarked
package io.talos.runtime.request;

import org.jspecify.annotations.NullMarked;
