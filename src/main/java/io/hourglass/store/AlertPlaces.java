package io.hourglass.store;

import akka.Done;
import com.datastax.oss.driver.api.core.cql.Row;
import io.hourglass.alert.Alert;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where an alert stands in its table, by its id. */
final class AlertPlaces {
  private static final String WRITE = "INSERT INTO %s.alert_places (id, day, starts_at, episode) VALUES (?, ?, ?, ?)";
  private static final String READ = "SELECT day, starts_at, episode FROM %s.alert_places WHERE id = ?";

  record Place(long day, long startsAt, String episode) {}

  private final Cql cql;

  AlertPlaces(Cql cql) {
    this.cql = cql;
  }

  CompletionStage<Done> write(Alert alert, long day) {
    return cql.bind(WRITE, alert.id(), day, alert.startsAt(), alert.episode()).thenCompose(cql::write).thenApply(done -> Done.getInstance());
  }

  CompletionStage<Optional<Place>> find(String id) {
    return cql.read(READ, id).thenApply(result -> Optional.ofNullable(result.one()).map(AlertPlaces::place));
  }

  private static Place place(Row row) {
    return new Place(row.getLong("day"), row.getLong("starts_at"), row.getString("episode"));
  }
}
