/** How answers look: problems, and the JSON form of Talos' value types. */
@NullMarked
package io.talos.runtime.rest;

import org.jspecify.annotations.NullMarked;
