/** What the modules ask each other: interfaces with exactly one implementing module each. */
@NullMarked
package io.talos.contracts.port;

import org.jspecify.annotations.NullMarked;
