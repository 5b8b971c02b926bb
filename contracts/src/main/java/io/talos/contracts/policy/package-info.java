/** Who may do what: roles, bindings, scopes, and the one document that holds them. */
@NullMarked
package io.talos.contracts.policy;

import org.jspecify.annotations.NullMarked;
