/**
 * What only a container can show: where events go, that timers fire, what a rollback takes with it.
 */
@NullMarked
package io.talos.container;

import org.jspecify.annotations.NullMarked;
