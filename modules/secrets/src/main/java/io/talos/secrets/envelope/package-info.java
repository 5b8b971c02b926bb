/**
 * Envelope encryption: a fresh data key for every secret version, wrapped by a key-encryption key.
 */
@NullMarked
package io.talos.secrets.envelope;

import org.jspecify.annotations.NullMarked;
