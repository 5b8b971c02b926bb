/** Agents talking: a delivery service that never sees a plaintext or a private key. */
@NullMarked
package io.talos.a2a;

import org.jspecify.annotations.NullMarked;
