/** Which prekeys an agent may publish. */
@NullMarked
package io.talos.identity.prekeys;

import org.jspecify.annotations.NullMarked;
