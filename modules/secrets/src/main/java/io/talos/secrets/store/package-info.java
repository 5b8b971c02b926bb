/** The secrets schema. */
@NullMarked
package io.talos.secrets.store;

import org.jspecify.annotations.NullMarked;
