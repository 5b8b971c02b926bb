/** Attack stories against private channels, and the runner of their vectors. */
@NullMarked
package io.talos.contracts.channel;

import org.jspecify.annotations.NullMarked;
