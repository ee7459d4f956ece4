package io.hourglass.load;

import io.hourglass.services.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What three processes have used so far; the difference of two is what an interval cost. */
public record Usage(long nanos, Duration node, Duration cassandra, Duration kafka) {

  public static Usage now(Server node, Server cassandra, Server kafka) {
    return new Usage(System.nanoTime(), cpu(node), cpu(cassandra), cpu(kafka));
  }

  private static Duration cpu(Server server) {
    return server.isRunning() ? server.cpu() : Duration.ZERO;
  }

  public Usage since(Usage earlier) {
    return new Usage(nanos - earlier.nanos, node.minus(earlier.node), cassandra.minus(earlier.cassandra),
        kafka.minus(earlier.kafka));
  }

  public double seconds() {
    return nanos / 1e9;
  }

  /** The most memory a process has held, in MiB, or -1 where there is no /proc. */
  public static long peakMemoryMiB(long pid) {
    return kib(pid, "status", "VmHWM:") / 1024;
  }

  /** Bytes a process has sent to the disk so far, in MiB, or -1 where there is no /proc. */
  static long writtenMiB(long pid) {
    return kib(pid, "io", "write_bytes:") >> 20;
  }

  private static long kib(long pid, String file, String name) {
    try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), file))) {
      return lines.filter(line -> line.startsWith(name)).mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst().orElse(-1);
    } catch (IOException notLinux) {
      return -1;
    }
  }
}
