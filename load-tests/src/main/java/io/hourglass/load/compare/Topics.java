package io.hourglass.load.compare;

import io.hourglass.services.KafkaBroker;
import io.hourglass.services.ServerFailure;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** Topics that a run has made. */
record Topics(KafkaBroker kafka) {

  /** Deletes those whose names begin so, that their upkeep is not the next run's. */
  void delete(String prefix) {
    if (!kafka.isRunning()) {
      return;
    }
    try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      var made = admin.listTopics().names().get().stream().filter(name -> name.startsWith(prefix)).toList();
      admin.deleteTopics(made).all().get();
    } catch (ExecutionException e) {
      throw new ServerFailure("Kafka could not delete the topics " + prefix + "…", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailure("interrupted");
    }
  }
}
