package io.hourglass.store;

import akka.NotUsed;
import akka.japi.Pair;
import akka.stream.javadsl.Source;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A result as a stream: the next page is read when the one before is used up. */
final class Pages {
  private Pages() {}

  static Source<Row, NotUsed> source(Supplier<CompletionStage<AsyncResultSet>> first) {
    return Source.unfoldAsync(Optional.of(first), Pages::step).mapConcat(page -> page);
  }

  private static CompletionStage<Optional<Pair<Optional<Supplier<CompletionStage<AsyncResultSet>>>, Iterable<Row>>>> step(
      Optional<Supplier<CompletionStage<AsyncResultSet>>> read) {
    if (read.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return read.get().get().thenApply(page -> Optional.of(Pair.create(rest(page), page.currentPage())));
  }

  private static Optional<Supplier<CompletionStage<AsyncResultSet>>> rest(AsyncResultSet page) {
    return page.hasMorePages() ? Optional.of(page::fetchNextPage) : Optional.empty();
  }
}
