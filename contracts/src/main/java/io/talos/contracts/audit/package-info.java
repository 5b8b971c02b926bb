/** What happened, as every module says it and as strangers verify it. */
@NullMarked
package io.talos.contracts.audit;

import org.jspecify.annotations.NullMarked;
