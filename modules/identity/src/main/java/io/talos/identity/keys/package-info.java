/** Bearer keys for programs: their text, their tag, their life. */
@NullMarked
package io.talos.identity.keys;

import org.jspecify.annotations.NullMarked;
