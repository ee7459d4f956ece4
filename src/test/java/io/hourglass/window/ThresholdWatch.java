package io.hourglass.window;

/** A rule that is simple enough to see through: fires over a window once it holds so many events, ends when it closes. */
public final class ThresholdWatch implements Watch {
  private final String rule;
  private final String severity;
  private final String summary;
  private final long count;

  public ThresholdWatch(String rule, String severity, String summary, long count) {
    this.rule = rule;
    this.severity = severity;
    this.summary = summary;
    this.count = count;
  }

  @Override
  public void observed(Scene scene, RuleStates states) {
    RuleState state = states.of(name(scene));
    if (scene.window().count() >= count && state == null) {
      RaisedAlert alert = new RaisedAlert(name(scene), severity, summary, scene.window().start(), scene.window().count(),
          scene.event().timestamp());
      states.put(RuleState.pending(name(scene), scene.time(), scene.window().start(), scene.window().count()).firing(alert));
      states.tell(alert);
    }
  }

  /** One rule for each window, so that several fire at a time. */
  private String name(Scene scene) {
    return scene.window().start() == 0 ? rule : rule + scene.window().start();
  }

  @Override
  public void closed(Scene scene, RuleStates states) {
    RuleState state = states.of(name(scene));
    if (state != null && state.is(RuleState.Phase.FIRING)) {
      states.put(state.inactive());
      states.tell(state.ended(scene.window().end()));
    }
  }
}
