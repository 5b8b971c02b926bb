/** Identity over HTTP. */
@NullMarked
package io.talos.identity.rest;

import org.jspecify.annotations.NullMarked;
