/** What every store of groups must do. */
@NullMarked
package io.talos.a2a.groups;

import org.jspecify.annotations.NullMarked;
