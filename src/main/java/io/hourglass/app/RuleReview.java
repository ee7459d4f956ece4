package io.hourglass.app;

import io.hourglass.alert.Alert;
import io.hourglass.alert.Alerts;
import io.hourglass.entity.KeyProtocol.Review;
import io.hourglass.entity.KeyRegion;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.AlertQuery;
import io.hourglass.store.Page;
import io.hourglass.store.Tables;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A rule has changed: the keys in memory on this node hear of it, and those whose alert of it fires, wherever they are: an alert that
 * no longer holds would go on firing while nobody needs its key.
 */
final class RuleReview {
  private static final Logger LOG = LoggerFactory.getLogger(RuleReview.class);
  private static final int PAGE = 500;

  private final KeyRegion region;
  private final Tables tables;
  private final Pipeline pipeline;

  RuleReview(KeyRegion region, Tables tables, Pipeline pipeline) {
    this.region = region;
    this.tables = tables;
    this.pipeline = pipeline;
  }

  void begin(String rule) {
    region.tellAllHere(new Review());
    AlertQuery firing = new AlertQuery(Optional.of(Alerts.FIRING), Optional.of(pipeline.name()), Optional.of(rule), Optional.empty(),
        Optional.empty(), Long.MIN_VALUE, Long.MAX_VALUE);
    tellFiring(firing, null);
  }

  private void tellFiring(AlertQuery firing, String cursor) {
    tables.alerts(firing, cursor, PAGE).whenComplete((page, failure) -> {
      if (failure != null) {
        LOG.warn("{}: alerts of a rule that has changed were not all read: {}", pipeline.name(), failure.toString());
      } else {
        tell(firing, page);
      }
    });
  }

  private void tell(AlertQuery firing, Page<Alert> page) {
    page.items().stream().map(Alert::key).filter(key -> !region.isHere(key)).distinct().forEach(key -> region.tell(key, new Review()));
    if (page.next() != null) {
      tellFiring(firing, page.next());
    }
  }
}
