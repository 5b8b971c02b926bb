/** The log as a tree: what is appended, what was published, what no longer fits. Pure Java. */
@NullMarked
package io.talos.audit.tree;

import org.jspecify.annotations.NullMarked;
