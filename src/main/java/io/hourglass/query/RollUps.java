package io.hourglass.query;

import io.hourglass.settings.Pipeline;
import io.hourglass.store.History;
import io.hourglass.store.Summand;
import io.hourglass.window.KeysTotal;
import io.hourglass.window.WindowResult;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Days and months of a key, added up from its windows: counts and sums exactly, quantiles and distinct values from their sketches.
 * Windows that the entity holds are taken from there, as in {@link Windows}, unless they are beyond retention: then they are in
 * what is left of their day already.
 */
public final class RollUps {
  /** So many windows are read for a page. */
  private static final int MOST_WINDOWS = 10_000;
  /** Beyond these there is no calendar. */
  private static final long EARLIEST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
  private static final long LATEST = Instant.parse("9999-01-01T00:00:00Z").toEpochMilli();

  private final HeldWindows live;
  private final History history;

  public RollUps(HeldWindows live, History history) {
    this.live = live;
    this.history = history;
  }

  /** Days or months, newest first; {@code next}: those that begin before it are left, null: none are. */
  public record Found(List<RolledUp> items, Long next) {}

  /** @param windows how many were added up; @param leftOut aggregates that could not be, {@code bytes.p95} */
  public record RolledUp(WindowResult total, int windows, List<String> leftOut) {}

  /** Those with {@code from <= start < to}; empty when nobody knows the key. */
  public CompletionStage<Optional<Found>> range(Pipeline pipeline, String key, Resolution resolution, long from, long to, int limit, boolean durable) {
    ZoneId zone = pipeline.window().zone();
    long first = from < EARLIEST ? Long.MIN_VALUE : resolution.from(Math.min(from, LATEST), zone);
    long last = to > LATEST ? Long.MAX_VALUE : resolution.from(Math.max(to, EARLIEST), zone);
    return live.held(pipeline, key, durable).thenCompose(held ->
        history.summands(pipeline, key, first, last, MOST_WINDOWS + 1).thenApply(rows -> held.isEmpty() && rows.isEmpty()
            ? Optional.<Found>empty() : Optional.of(found(pipeline, resolution, merged(held, rows, first, last), rows.size() > MOST_WINDOWS, held, limit))));
  }

  /** Newest first. */
  private static Collection<Summand> merged(Optional<HeldWindows.Held> held, List<Summand> rows, long from, long to) {
    TreeMap<Long, Summand> merged = new TreeMap<>(Comparator.reverseOrder());
    rows.stream().filter(each -> each.window().closed()).forEach(each -> merged.put(each.window().start(), each));
    Set<Long> folded = rows.stream().filter(Summand::folded).flatMap(each -> each.starts().stream()).collect(Collectors.toSet());
    held.stream().flatMap(each -> each.windows().stream())
        .filter(each -> from <= each.window().start() && each.window().start() < to)
        .filter(each -> !folded.contains(each.window().start()))
        .forEach(each -> merged.put(each.window().start(), Summand.of(each)));
    return merged.values();
  }

  /** @param cut whether older windows were not read, so that the oldest that were may not make up a whole */
  private static Found found(Pipeline pipeline, Resolution resolution, Collection<Summand> windows, boolean cut, Optional<HeldWindows.Held> held, int limit) {
    TreeMap<Long, List<Summand>> groups = new TreeMap<>(Comparator.reverseOrder());
    windows.forEach(each -> groups.computeIfAbsent(resolution.startOf(each.window().start(), pipeline.window().zone()), any -> new ArrayList<>()).add(each));
    if (cut) {
      groups.pollLastEntry();
    }
    long watermark = Math.max(held.map(HeldWindows.Held::watermark).orElse(Long.MIN_VALUE),
        windows.stream().mapToLong(each -> each.window().watermark()).max().orElse(Long.MIN_VALUE));
    List<RolledUp> items = groups.entrySet().stream().limit(limit)
        .map(group -> rolledUp(pipeline, resolution, group.getKey(), group.getValue(), watermark)).toList();
    return new Found(items, (cut || groups.size() > limit) && !items.isEmpty() ? items.get(items.size() - 1).total().start() : null);
  }

  private static RolledUp rolledUp(Pipeline pipeline, Resolution resolution, long start, List<Summand> windows, long watermark) {
    KeysTotal total = KeysTotal.ofOneKey(pipeline.keys(), start);
    windows.forEach(each -> total.add(each.stored()));
    long end = resolution.endOf(start, pipeline.window().zone());
    boolean over = pipeline.window().closed(pipeline.window().startOf(end - 1), watermark);
    boolean closed = over && windows.stream().allMatch(each -> each.window().closed());
    boolean byClock = windows.stream().anyMatch(each -> "wallclock".equals(each.window().closedBy()));
    return new RolledUp(new WindowResult(start, end, closed ? byClock ? "wallclock" : "watermark" : null, 1, watermark, total.count(), total.late(),
        total.measures()), windows.stream().mapToInt(each -> each.starts().size()).sum(), total.leftOut());
  }
}
