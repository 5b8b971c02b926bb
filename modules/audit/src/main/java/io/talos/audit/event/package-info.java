/** Events as they are kept and found again. Pure Java. */
@NullMarked
package io.talos.audit.event;

import org.jspecify.annotations.NullMarked;
