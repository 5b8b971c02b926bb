/** Strict text encodings of bytes: base64url, base58btc, hex. */
@NullMarked
package io.talos.contracts.codec;

import org.jspecify.annotations.NullMarked;
