/** Where identity remembers: Postgres, and Redis for nonces. */
@NullMarked
package io.talos.identity.store;

import org.jspecify.annotations.NullMarked;
