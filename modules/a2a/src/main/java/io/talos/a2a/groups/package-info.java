/**
 * What a group of agents is: members, epochs and entries whose content only the members can read.
 */
@NullMarked
package io.talos.a2a.groups;

import org.jspecify.annotations.NullMarked;
