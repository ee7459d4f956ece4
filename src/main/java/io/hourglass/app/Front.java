package io.hourglass.app;

import akka.actor.typed.ActorSystem;
import io.hourglass.alert.AlertLog;
import io.hourglass.entity.KeyRegion;
import io.hourglass.ingest.Board;
import io.hourglass.settings.Settings;
import io.hourglass.store.Tables;
import io.hourglass.telemetry.Counters;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

final class Front {
  private final Tables tables; private final Board board = new Board(); private final Counters counters = new Counters();
  Front(Tables t) { tables = t; }
  static Front open(ActorSystem<?> system, Settings settings) { return new Front(new Tables(() -> Parts.session(system).underlying(), settings)); }
  AlertLog alertLog() { return new AlertLog(); }
  Tables tables() { return tables; }
  Board board() { return board; }
  Counters counters() { return counters; }
  void serve(Map<String, KeyRegion> regions) {}
  CompletionStage<Boolean> checkReady() { return CompletableFuture.completedFuture(true); }
  String address() { return "x"; }
}
