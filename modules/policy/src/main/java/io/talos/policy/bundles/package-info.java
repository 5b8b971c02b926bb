/** Policy bundles: drafts, published versions, who may sign them. */
@NullMarked
package io.talos.policy.bundles;

import org.jspecify.annotations.NullMarked;
