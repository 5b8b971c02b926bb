/** What a session between two agents is and which changes it allows. */
@NullMarked
package io.talos.a2a.sessions;

import org.jspecify.annotations.NullMarked;
