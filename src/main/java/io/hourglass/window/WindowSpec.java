package io.hourglass.window;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/**
 * Tumbling windows {@code [start, end)} aligned to the local midnight of a time zone.
 *
 * <p>Windows of up to an hour follow the zone's offset: a day of 23 or 25 hours has that many of them,
 * and a zone at +05:30 begins its hours at half past the UTC hour. A change of offset that is no
 * multiple of the size cuts the window it falls in, so that windows never overlap. Longer windows
 * begin at fixed local times and take in the hour that a day gains or loses; where such a time comes
 * twice it is the first one, where it is left out it is the moment of the change.
 *
 * @param sizeMs from 1 s to 1 d, a divisor of a day
 * @param zone IANA time zone
 * @param outOfOrdernessMs how far the watermark stays behind the greatest event time
 * @param allowedLatenessMs how long a window stays open after the watermark has passed its end
 */
public record WindowSpec(long sizeMs, ZoneId zone, long outOfOrdernessMs, long allowedLatenessMs) {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  /** Start of the window that holds {@code timestamp}, inclusive. */
  public long startOf(long timestamp) {
    if (zone.getRules().isFixedOffset()) {
      return floor(timestamp, offsetAt(timestamp));
    }
    return sizeMs <= HOUR ? shortStart(timestamp) : longStart(timestamp);
  }

  /** End of the window that begins at {@code start}, exclusive. */
  public long endOf(long start) {
    if (zone.getRules().isFixedOffset()) {
      return start + sizeMs;
    }
    return sizeMs <= HOUR ? shortEnd(start) : longEnd(start);
  }

  /** The watermark at which the window that begins at {@code start} closes: end − 1 + lateness. */
  public long closesAt(long start) {
    return endOf(start) - 1 + allowedLatenessMs;
  }

  /** Whether the window that begins at {@code start} is closed under {@code watermark}. */
  public boolean closed(long start, long watermark) {
    return watermark >= closesAt(start);
  }

  private long shortStart(long timestamp) {
    long start = floor(timestamp, offsetAt(timestamp));
    ZoneOffsetTransition last = zone.getRules().previousTransition(Instant.ofEpochMilli(timestamp + 1));
    return last == null ? start : Math.max(start, last.getInstant().toEpochMilli());
  }

  private long shortEnd(long start) {
    long end = floor(start, offsetAt(start)) + sizeMs;
    ZoneOffsetTransition next = zone.getRules().nextTransition(Instant.ofEpochMilli(start));
    return next == null ? end : Math.min(end, next.getInstant().toEpochMilli());
  }

  private long longStart(long timestamp) {
    LocalDateTime boundary = boundary(timestamp);
    for (LocalDateTime next = after(boundary); instant(next) <= timestamp; next = after(next)) {
      boundary = next;
    }
    return instant(boundary);
  }

  private long longEnd(long start) {
    LocalDateTime end = boundary(start);
    while (instant(end) <= start) {
      end = after(end);
    }
    return instant(end);
  }

  /** The newest boundary at or before the local time of {@code timestamp}. */
  private LocalDateTime boundary(long timestamp) {
    LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(timestamp), zone);
    long slot = local.toLocalTime().toNanoOfDay() / 1_000_000 / sizeMs;
    return local.toLocalDate().atStartOfDay().plusNanos(slot * sizeMs * 1_000_000);
  }

  private LocalDateTime after(LocalDateTime boundary) {
    return boundary.plusNanos(sizeMs * 1_000_000);
  }

  /** When a local boundary is reached: the first time where it comes twice, the jump where it is left out. */
  private long instant(LocalDateTime boundary) {
    ZoneOffsetTransition change = zone.getRules().getTransition(boundary);
    boolean leftOut = change != null && change.isGap();
    return leftOut ? change.getInstant().toEpochMilli() : boundary.atZone(zone).toInstant().toEpochMilli();
  }

  private long offsetAt(long timestamp) {
    return zone.getRules().getOffset(Instant.ofEpochMilli(timestamp)).getTotalSeconds() * 1000L;
  }

  private long floor(long timestamp, long offsetMs) {
    return Math.floorDiv(timestamp + offsetMs, sizeMs) * sizeMs - offsetMs;
  }
}
