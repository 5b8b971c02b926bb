/** Lanes that anchor checkpoints, and the work that they are given. Pure Java. */
@NullMarked
package io.talos.audit.anchors;

import org.jspecify.annotations.NullMarked;
