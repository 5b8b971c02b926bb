/** What verifiers in other languages say to what ours says. */
@NullMarked
package io.talos.contracts.foreign;

import org.jspecify.annotations.NullMarked;
