package io.hourglass.alert;
import akka.Done;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
public final class AlertLog {
  public CompletionStage<Done> publish(Alert alert) { return CompletableFuture.completedFuture(Done.getInstance()); }
}
