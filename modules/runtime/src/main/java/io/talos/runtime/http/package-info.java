/** Asking other servers, without being sent to where only this server may go. */
@NullMarked
package io.talos.runtime.http;

import org.jspecify.annotations.NullMarked;
