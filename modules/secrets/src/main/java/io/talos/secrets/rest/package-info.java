/** Secrets over HTTP; a value goes in and never comes out. */
@NullMarked
package io.talos.secrets.rest;

import org.jspecify.annotations.NullMarked;
