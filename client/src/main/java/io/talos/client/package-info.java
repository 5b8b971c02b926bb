/** The Java SDK: an agent's identity, and what it and an operator can ask of a Talos server. */
@NullMarked
package io.talos.client;

import org.jspecify.annotations.NullMarked;
