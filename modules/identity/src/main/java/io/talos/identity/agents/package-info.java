/** What makes a registration good. */
@NullMarked
package io.talos.identity.agents;

import org.jspecify.annotations.NullMarked;
