/**
 * An agent's files, sealed: unreadable without the key, refused when they are older than they were.
 */
@NullMarked
package io.talos.client.state;

import org.jspecify.annotations.NullMarked;
