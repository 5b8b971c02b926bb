/** The talos command line. */
@NullMarked
package io.talos.client.cli;

import org.jspecify.annotations.NullMarked;
