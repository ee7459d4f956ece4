package io.hourglass.entity;

import io.hourglass.window.Watermark;

/** Of a pipeline that has committed nothing yet. */
public final class NothingDurable implements KeyEntity.Watermarks {
  @Override
  public long durable(int partition) {
    return Watermark.NONE;
  }

  @Override
  public boolean mixed() {
    return false;
  }
}
