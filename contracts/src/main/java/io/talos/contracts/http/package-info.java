/** Signed HTTP requests: RFC 9421 in exactly one profile, RFC 9530 digests, and what they need. */
@NullMarked
package io.talos.contracts.http;

import org.jspecify.annotations.NullMarked;
