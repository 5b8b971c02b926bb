/** Who belongs where: organisations, their teams, and the principals in them. */
@NullMarked
package io.talos.identity.directory;

import org.jspecify.annotations.NullMarked;
