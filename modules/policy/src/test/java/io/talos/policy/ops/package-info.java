@NullMarked
package io.talos.policy.ops;

import org.jspecify.annotations.NullMarked;
