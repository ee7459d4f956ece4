package io.hourglass.load;

import io.hourglass.services.CassandraServer;
import io.hourglass.services.Checkout;
import io.hourglass.services.JvmCommand;
import io.hourglass.services.ServerFailure;
import java.nio.file.Path;
import java.util.Map;

/** The node's program, run once to create the keyspace and its tables. */
public final class Schema {
  private Schema() {}

  /** @param log where the program writes; named when it fails */
  public static void create(Path jar, Path configuration, CassandraServer cassandra, Path log) {
    var schema = new JvmCommand("io.hourglass.app.Main").classPath(jar.toString()).options("-Dconfig.file=" + configuration)
        .environment(Map.of("HOURGLASS_CASSANDRA", cassandra.address())).arguments("--schema");
    try {
      if (schema.start(log).waitFor() != 0) {
        throw new ServerFailure("No schema: see " + Checkout.shown(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailure("interrupted");
    }
  }
}
