/** Rules about the code, each with a bad example in {@code bad.talos} that it must catch. */
@NullMarked
package io.talos.architecture;

import org.jspecify.annotations.NullMarked;
