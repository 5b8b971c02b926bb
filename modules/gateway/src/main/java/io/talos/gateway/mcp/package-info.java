/** Forwarding of Model Context Protocol messages; no Jakarta import but JSON. */
@NullMarked
package io.talos.gateway.mcp;

import org.jspecify.annotations.NullMarked;
