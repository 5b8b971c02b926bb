/**
 * Stories about the launcher: what it refuses, what it survives, and the real servers it starts.
 */
@NullMarked
package io.talos.launcher;

import org.jspecify.annotations.NullMarked;
