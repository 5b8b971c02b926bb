/** Tests of the revocation feed. */
@NullMarked
package io.talos.contracts.revocation;

import org.jspecify.annotations.NullMarked;
