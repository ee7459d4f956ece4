package io.hourglass.ingest;

import io.hourglass.window.Source;

/** Where the reading of a partition begins: its source, the offset, and what was committed with it. */
public record Start(Source source, long offset, Mark mark) {}
