/** How far an export has come, kept by whoever fetches it. Pure Java. */
@NullMarked
package io.talos.audit.export;

import org.jspecify.annotations.NullMarked;
