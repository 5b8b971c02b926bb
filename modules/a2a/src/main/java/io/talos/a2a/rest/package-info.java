/** Sessions and frames over HTTP. */
@NullMarked
package io.talos.a2a.rest;

import org.jspecify.annotations.NullMarked;
