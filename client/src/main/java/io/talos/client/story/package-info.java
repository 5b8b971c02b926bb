/** A short true story, played against a running Talos through its public API only. */
@NullMarked
package io.talos.client.story;

import org.jspecify.annotations.NullMarked;
