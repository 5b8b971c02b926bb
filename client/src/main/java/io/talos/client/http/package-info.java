/** Requests and answers over HTTP, bounded in size and time. */
@NullMarked
package io.talos.client.http;

import org.jspecify.annotations.NullMarked;
