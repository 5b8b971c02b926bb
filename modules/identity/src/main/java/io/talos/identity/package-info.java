/** Who an agent is, and who sent a request: one class per operation, and the answers to ports. */
@NullMarked
package io.talos.identity;

import org.jspecify.annotations.NullMarked;
