/** Attacks on groups, and the vectors of others. */
@NullMarked
package io.talos.client.groups;

import org.jspecify.annotations.NullMarked;
