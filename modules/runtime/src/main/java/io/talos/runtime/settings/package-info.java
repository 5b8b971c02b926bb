/** Settings as contracts/registry/config_keys.json declares them. */
@NullMarked
package io.talos.runtime.settings;

import org.jspecify.annotations.NullMarked;
