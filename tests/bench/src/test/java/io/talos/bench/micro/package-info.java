/** Every benchmark works. */
@NullMarked
package io.talos.bench.micro;

import org.jspecify.annotations.NullMarked;
