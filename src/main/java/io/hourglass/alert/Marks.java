package io.hourglass.alert;

/** What mutes an alert just now. For many threads, and quick: it is asked for every alert that is told. */
@FunctionalInterface
public interface Marks {
  Mark of(Alert alert);
}
