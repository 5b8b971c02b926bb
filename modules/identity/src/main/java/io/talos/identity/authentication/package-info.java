/** Which credential a request carries, and what its nonce must be. */
@NullMarked
package io.talos.identity.authentication;

import org.jspecify.annotations.NullMarked;
