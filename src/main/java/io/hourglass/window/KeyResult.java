package io.hourglass.window;

import java.util.List;

/** A key as it is told to others; windows newest first. */
public record KeyResult(
    List<SeenOffset> seen, long watermark, List<WindowResult> windows, List<RaisedAlert> alerts, long late) {}
