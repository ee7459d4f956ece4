package io.hourglass.store;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Reads a result to its end, page by page. */
final class Rows {
  private Rows() {}

  /** Every row of {@code result}, mapped, in order. */
  static <T> CompletionStage<List<T>> all(AsyncResultSet result, Function<Row, T> map) {
    return collect(result, map, new ArrayList<>());
  }

  private static <T> CompletionStage<List<T>> collect(AsyncResultSet page, Function<Row, T> map, List<T> into) {
    page.currentPage().forEach(row -> into.add(map.apply(row)));
    return page.hasMorePages()
        ? page.fetchNextPage().thenCompose(next -> collect(next, map, into))
        : CompletableFuture.completedFuture(into);
  }

  /** The answers of {@code stages} in their order; fails when one of them does. */
  static <T> CompletionStage<List<T>> together(List<? extends CompletionStage<T>> stages) {
    CompletableFuture<?>[] futures = stages.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(futures)
        .thenApply(done -> stages.stream().map(each -> each.toCompletableFuture().join()).toList());
  }
}
