/** What anchors a checkpoint outside of its log, verified without any server. */
@NullMarked
package io.talos.contracts.log.anchor;

import org.jspecify.annotations.NullMarked;
