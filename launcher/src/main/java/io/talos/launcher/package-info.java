/**
 * Brings up the real stack of Talos: PostgreSQL with a streaming replica, Redis, a dev identity
 * provider, a notes MCP server and Open Liberty with the EAR. {@link io.talos.launcher.Main} does
 * it for a newcomer, {@link io.talos.launcher.TalosStack} for tests.
 *
 * <p>Nothing but a JDK and Maven is needed: every server is unpacked from a Maven artifact on the
 * class path, once, into {@code <talos.root>/.talos}. All servers listen on 127.0.0.1 only. All
 * passwords and keys are generated at the first start and stay in {@code <data>/secrets}, readable
 * by the owner only. This is a stack for development and tests, never for production.
 *
 * <p>System properties that the library reads ({@link
 * io.talos.launcher.StackSettings#fromSystemProperties()}); an empty value counts as absent:
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><th>property</th><th>default</th><th>meaning</th></tr>
 * <tr><td>talos.root</td><td>required</td><td>the project folder; unpacked servers are kept in its {@code .talos}</td></tr>
 * <tr><td>talos.liberty.zip</td><td>required</td><td>the openliberty-runtime zip</td></tr>
 * <tr><td>talos.ear</td><td>required</td><td>talos.ear</td></tr>
 * <tr><td>talos.jdbc</td><td>required</td><td>the PostgreSQL driver jar</td></tr>
 * <tr><td>talos.liberty.config</td><td>{@code <talos.root>/liberty-config}</td><td>server.xml and what lies beside it</td></tr>
 * <tr><td>talos.data</td><td>{@code <talos.root>/.talos/run}</td><td>databases, keys, logs</td></tr>
 * <tr><td>talos.http.port</td><td>9080</td><td>Liberty, HTTP</td></tr>
 * <tr><td>talos.https.port</td><td>9443</td><td>Liberty, HTTPS</td></tr>
 * <tr><td>talos.pg.port</td><td>15432</td><td>PostgreSQL primary</td></tr>
 * <tr><td>talos.pg.replica.port</td><td>15433</td><td>PostgreSQL replica</td></tr>
 * <tr><td>talos.pg.synchronous</td><td>false</td><td>a commit waits for the replica</td></tr>
 * <tr><td>talos.redis.port</td><td>16379</td><td>Redis</td></tr>
 * <tr><td>talos.redis.binary</td><td>the bundled one</td><td>path of another redis-server</td></tr>
 * <tr><td>talos.notes.port</td><td>17080</td><td>notes MCP server</td></tr>
 * <tr><td>talos.idp.port</td><td>17081</td><td>dev identity provider</td></tr>
 * <tr><td>talos.liberty.memory</td><td>512m</td><td>largest heap of Liberty</td></tr>
 * <tr><td>talos.liberty.optimize</td><td>false</td><td>true: full JIT, slower start, faster after minutes</td></tr>
 * </table>
 *
 * <p>In Maven, the goal {@code dependency:properties} gives the three paths as {@code
 * io.openliberty:openliberty-runtime:zip}, {@code io.talos:talos-ear:ear} and {@code
 * org.postgresql:postgresql:jar}.
 */
@NullMarked
package io.talos.launcher;

import org.jspecify.annotations.NullMarked;
