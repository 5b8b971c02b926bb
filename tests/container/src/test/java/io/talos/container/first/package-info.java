/** Goes into an EJB module of its own. */
@NullMarked
package io.talos.container.first;

import org.jspecify.annotations.NullMarked;
