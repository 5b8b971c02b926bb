/** What the modules tell each other: CDI events, past tense, ids and values. */
@NullMarked
package io.talos.contracts.event;

import org.jspecify.annotations.NullMarked;
