/** Decentralized identifiers: the key is the identity, its text has one form. */
@NullMarked
package io.talos.contracts.did;

import org.jspecify.annotations.NullMarked;
