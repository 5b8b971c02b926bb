/**
 * Prints the pages of {@code docs} that follow from registries, and holds every page to what it
 * links to. To write the pages anew: {@code mvn -B -ntp -o test -pl tests/architecture -am
 * -Dtest='io.talos.architecture.docs.*' -Dsurefire.failIfNoSpecifiedTests=false
 * -Dtalos.docs.write=true}.
 */
@NullMarked
package io.talos.architecture.docs;

import org.jspecify.annotations.NullMarked;
