/** Events, proofs and the log over HTTP. */
@NullMarked
package io.talos.audit.rest;

import org.jspecify.annotations.NullMarked;
