/** Goes into the web module in which the tests run. */
@NullMarked
package io.talos.container.tested;

import org.jspecify.annotations.NullMarked;
