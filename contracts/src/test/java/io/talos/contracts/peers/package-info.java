/** What stands in tests for a server of the world: the tests of other modules use these too. */
@NullMarked
package io.talos.contracts.peers;

import org.jspecify.annotations.NullMarked;
