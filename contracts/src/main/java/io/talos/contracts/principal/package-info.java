/** Who is calling, and how that was proved. */
@NullMarked
package io.talos.contracts.principal;

import org.jspecify.annotations.NullMarked;
