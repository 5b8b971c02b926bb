/** JMH benchmarks of one operation each, in one thread, beside their peers. */
@NullMarked
package io.talos.bench.micro;

import org.jspecify.annotations.NullMarked;
