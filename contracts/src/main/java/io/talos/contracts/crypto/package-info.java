/** The only package that touches JCA and BouncyCastle. */
@NullMarked
package io.talos.contracts.crypto;

import org.jspecify.annotations.NullMarked;
