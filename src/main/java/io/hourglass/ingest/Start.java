package io.hourglass.ingest;

import io.hourglass.window.Source;

/**
 * Where the reading of a partition begins: its source, the offset, and what was committed with it.
 *
 * @param end of the partition when it was assigned
 * @param feeds which of the topic's partitions may feed the same keys
 */
public record Start(Source source, long offset, long end, Mark mark, Feeds feeds) {}
