/** JSON as Talos reads and signs it: strict parsing and RFC 8785 canonical form. */
@NullMarked
package io.talos.contracts.json;

import org.jspecify.annotations.NullMarked;
