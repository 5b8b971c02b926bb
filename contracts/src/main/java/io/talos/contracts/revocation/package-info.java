/** What is revoked, as a signed feed that anybody can follow and verify offline. */
@NullMarked
package io.talos.contracts.revocation;

import org.jspecify.annotations.NullMarked;
