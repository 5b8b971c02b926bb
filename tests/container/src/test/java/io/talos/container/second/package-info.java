/** Goes into another EJB module. */
@NullMarked
package io.talos.container.second;

import org.jspecify.annotations.NullMarked;
