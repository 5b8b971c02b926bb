/**
 * Bad examples, and a few good ones that look like them: what the rules of {@code
 * io.talos.architecture} must tell apart. Nothing here runs.
 */
package bad.talos;
