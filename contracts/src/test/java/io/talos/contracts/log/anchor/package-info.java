/** Forged anchors. */
@NullMarked
package io.talos.contracts.log.anchor;

import org.jspecify.annotations.NullMarked;
