/** Holds the registries of {@code contracts} and the sources against each other, both ways. */
@NullMarked
package io.talos.architecture.registry;

import org.jspecify.annotations.NullMarked;
