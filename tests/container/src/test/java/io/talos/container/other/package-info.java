/** Goes into a web module beside the tested one. */
@NullMarked
package io.talos.container.other;

import org.jspecify.annotations.NullMarked;
