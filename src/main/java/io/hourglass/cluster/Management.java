package io.hourglass.cluster;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.Uri;
import akka.management.javadsl.AkkaManagement;
import java.util.concurrent.CompletionStage;

/**
 * The management port: {@code /alive} answers while the JVM does, {@code /ready} when all checks under
 * {@code akka.management.health-checks.readiness-checks} hold.
 */
public final class Management {
  private Management() {}

  /** Done when the port is bound; unbound by coordinated shutdown. */
  public static CompletionStage<Uri> start(ActorSystem<?> system) {
    return AkkaManagement.get(system.classicSystem()).start();
  }
}
