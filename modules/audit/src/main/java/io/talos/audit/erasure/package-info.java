/** Personal members of events, and how they end. Pure Java. */
@NullMarked
package io.talos.audit.erasure;

import org.jspecify.annotations.NullMarked;
