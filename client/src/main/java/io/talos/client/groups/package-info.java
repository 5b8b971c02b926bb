/** Groups by MLS (RFC 9420): what a member knows, and how a stranger's message changes it. */
@NullMarked
package io.talos.client.groups;

import org.jspecify.annotations.NullMarked;
