package io.talos.launcher;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * PostgreSQL refuses to run as root. An ordinary user needs nothing; root runs it in a user
 * namespace, where it owns the same files but is not root, or, on hosts that forbid namespaces, as
 * the user nobody, to whom the folder is then given.
 *
 * @param prefix stands before each PostgreSQL command
 * @param owner the user id that must own the folder, or -1 where it stays as it is
 */
record RootDrop(List<String> prefix, int owner) {
  private static final int NOBODY = 65534;
  private static final RootDrop NONE = new RootDrop(List.of(), -1);
  private static final RootDrop NAMESPACE = new RootDrop(List.of("unshare", "-U"), -1);
  private static final RootDrop NOBODY_USER =
      new RootDrop(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), NOBODY);

  /** How PostgreSQL is run on files in {@code folder} (which exists). */
  static RootDrop forFolder(Path folder) {
    if (new UnixSystem().getUid() != 0) {
      return NONE;
    }
    // A folder that was given to nobody stays with nobody: in a namespace its files would be
    // foreign.
    if (ownerOf(folder) != NOBODY && NAMESPACE.works(folder)) {
      return NAMESPACE;
    }
    if (NOBODY_USER.works(folder)) {
      return NOBODY_USER;
    }
    throw new LaunchFailed(
        ("PostgreSQL does not run as root, and here it can be started neither in a user namespace (unshare -U) nor as the user nobody"
                + " (setpriv). Run Talos as an ordinary user, or put the data folder where everyone may enter: -Dtalos.data=<folder>; now %s")
            .formatted(folder));
  }

  private boolean works(Path folder) {
    var probe = Stream.concat(prefix.stream(), Stream.of("test", "-d", folder.toString())).toList();
    return ChildProcess.run(probe, folder).succeeded();
  }

  /** Gives the folder with all that is in it to the user that PostgreSQL will run as. */
  void handOver(Path folder) throws IOException {
    if (owner < 0) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.toList()) {
        Files.setAttribute(file, "unix:uid", owner);
        Files.setAttribute(file, "unix:gid", owner);
      }
    }
  }

  private static int ownerOf(Path folder) {
    try {
      return (Integer) Files.getAttribute(folder, "unix:uid");
    } catch (IOException failed) {
      throw new LaunchFailed("The folder %s cannot be read: %s".formatted(folder, failed), failed);
    }
  }
}
