/**
 * What may happen: granting and revoking capabilities, and the answers to the two questions that
 * the enforcement chain asks, "may they?" and "how much?".
 */
@NullMarked
package io.talos.policy;

import org.jspecify.annotations.NullMarked;
