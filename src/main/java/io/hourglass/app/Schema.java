package io.hourglass.app;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import io.hourglass.settings.Settings;
import io.hourglass.store.SchemaScript;

/** Creates the keyspace and its tables with a session of its own. */
final class Schema {
  private Schema() {}

  static void create(Settings.Cassandra settings) {
    try (CqlSession session = CqlSession.builder()
        .addContactPoints(settings.contactPoints())
        .withLocalDatacenter(settings.localDatacenter())
        .build()) {
      SchemaScript.apply(session, settings);
      System.out.println("keyspace " + settings.keyspace() + " is there, with all its tables");
    } catch (DriverException failure) {
      Main.fail("cassandra " + settings.contactPoints() + ": " + Main.rootOf(failure));
    }
  }
}
