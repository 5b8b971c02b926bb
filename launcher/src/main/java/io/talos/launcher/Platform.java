package io.talos.launcher;

import java.util.List;
import java.util.Locale;

/** Which server binaries this machine can run. */
enum Platform {
  LINUX_AMD64,
  LINUX_ARM64,
  MAC_AMD64,
  MAC_ARM64;

  /** The machine that this JVM runs on. */
  static Platform current() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  static Platform of(String osName, String osArch) {
    var os = osName.toLowerCase(Locale.ROOT);
    var arm = osArch.equals("aarch64") || osArch.equals("arm64");
    var amd = osArch.equals("amd64") || osArch.equals("x86_64");
    if (os.contains("linux") && (arm || amd)) {
      return arm ? LINUX_ARM64 : LINUX_AMD64;
    }
    if (os.contains("mac") && (arm || amd)) {
      return arm ? MAC_ARM64 : MAC_AMD64;
    }
    throw new LaunchFailed(
        "The launcher has no server binaries for %s on %s. It runs on Linux and macOS, amd64 and arm64; on Windows use WSL."
            .formatted(osName, osArch));
  }

  String postgresArchive() {
    return switch (this) {
      case LINUX_AMD64 -> "postgres-linux-x86_64.txz";
      case LINUX_ARM64 -> "postgres-linux-arm_64.txz";
      case MAC_AMD64 -> "postgres-darwin-x86_64.txz";
      case MAC_ARM64 -> "postgres-darwin-arm_64.txz";
    };
  }

  /**
   * In order of preference: the first for amd64 needs the system's OpenSSL 3, the second needs
   * nothing.
   */
  List<String> redisBinaries() {
    return switch (this) {
      case LINUX_AMD64 ->
          List.of("redis-server-6.2.6-v5-linux-amd64", "redis-server-6.2.7-linux-386");
      case LINUX_ARM64 -> List.of("redis-server-6.2.7-linux-arm64");
      case MAC_AMD64 -> List.of("redis-server-6.2.6-v5-darwin-amd64");
      case MAC_ARM64 -> List.of("redis-server-6.2.6-v5-darwin-arm64");
    };
  }
}
