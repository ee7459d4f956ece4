package io.hourglass.notify.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Times in ms: a group waits 30, is looked at every 300, repeats after 1,000. */
class GroupsTest {
  private static final Timing TIMING = new Timing(30, 300, 1_000, true);

  private final Groups groups = new Groups("hook", List.of("rule"), TIMING);
  private final Set<String> muted = new java.util.HashSet<>();
  private final List<String> gone = new ArrayList<>();

  @Test
  void aNewGroupWaitsForMore() {
    groups.put(Told.held("burst", "a", 100), 100);
    groups.put(Told.held("burst", "b", 120), 120);
    groups.put(Told.held("quiet", "a", 120), 120);
    assertEquals(List.of(), due(129));
    assertEquals(List.of("{}:{rule=\"burst\"} a b"), due(130));
    assertEquals(List.of("{}:{rule=\"quiet\"} a"), due(150));
  }

  @Test
  void whatWasToldLongAgoIsNotKeptWaiting() {
    groups.put(Told.held("burst", "a", 60), 100);
    assertEquals(List.of("{}:{rule=\"burst\"} a"), due(100));
  }

  @Test
  void aChangeIsToldAfterTheInterval() {
    groups.put(Told.held("burst", "a", 100), 100);
    deliver(130);
    groups.put(Told.held("burst", "b", 140), 140);
    assertEquals(List.of(), due(429));
    assertEquals(List.of("{}:{rule=\"burst\"} a b"), due(430));
  }

  @Test
  void whatHasNotChangedIsRepeated() {
    groups.put(Told.held("burst", "a", 100), 100);
    deliver(130);
    assertEquals(List.of(), due(430));
    assertEquals(List.of(), due(730));
    assertEquals(List.of(), due(1_030));
    assertEquals(List.of("{}:{rule=\"burst\"} a"), due(1_330));
  }

  @Test
  void theEndIsToldOnceAndTheGroupIsGone() {
    groups.put(Told.held("burst", "a", 100), 100);
    deliver(130);
    groups.put(Told.ended("burst", "a", 100, 200), 200);
    assertEquals(List.of("{}:{rule=\"burst\"} -a"), due(430));
    assertEquals(Optional.empty(), groups.delivered("{}:{rule=\"burst\"}", 431));
    groups.put(Told.held("burst", "a", 500), 500);
    assertEquals(List.of("{}:{rule=\"burst\"} a"), due(530));
  }

  @Test
  void whatFiredAndEndedUnseenIsNotTold() {
    groups.put(Told.held("burst", "a", 100), 100);
    groups.put(Told.ended("burst", "a", 100, 110), 110);
    assertEquals(List.of(), due(130));
    assertEquals(List.of("{}:{rule=\"burst\"}"), gone);
  }

  @Test
  void aMutedAlertIsToldWhenItIsNoLonger() {
    groups.put(Told.held("burst", "a", 100), 100);
    groups.put(Told.held("burst", "b", 100), 100);
    muted.add("burst/a");
    assertEquals(List.of("{}:{rule=\"burst\"} b"), due(130));
    groups.delivered("{}:{rule=\"burst\"}", 130);
    assertEquals(List.of(), due(430));
    muted.clear();
    assertEquals(List.of("{}:{rule=\"burst\"} a b"), due(730));
  }

  @Test
  void whatFailedIsToldAgainAsItIsByThen() {
    groups.put(Told.held("burst", "a", 100), 100);
    assertEquals(1, due(130).size());
    groups.put(Told.held("burst", "b", 140), 140);
    assertEquals(List.of(), due(430), "while it is underway nothing else is");
    groups.failed("{}:{rule=\"burst\"}");
    assertEquals(List.of("{}:{rule=\"burst\"} a b"), due(431));
  }

  @Test
  void anAlertThatFiresAgainWhileItsEndIsUnderwayStays() {
    groups.put(Told.held("burst", "a", 100), 100);
    deliver(130);
    groups.put(Told.ended("burst", "a", 100, 200), 200);
    assertEquals(1, due(430).size());
    groups.put(Told.held("burst", "a", 435), 435);
    assertTrue(groups.delivered("{}:{rule=\"burst\"}", 440).isPresent());
    assertEquals(List.of("{}:{rule=\"burst\"} a"), due(730));
  }

  @Test
  void aRestartNeitherForgetsNorRepeats() {
    groups.put(Told.held("burst", "a", 100), 100);
    Sent sent = deliver(130).orElseThrow();
    Groups again = new Groups("hook", List.of("rule"), TIMING);
    again.restore(sent);
    again.put(Told.held("burst", "a", 100), 200);
    again.put(Told.held("quiet", "a", 100), 200);
    assertEquals(List.of("{}:{rule=\"quiet\"} a"), texts(again.due(200, held -> false, gone)));
    again.put(Told.ended("burst", "a", 100, 210), 210);
    assertEquals(List.of("{}:{rule=\"burst\"} -a"), texts(again.due(500, held -> false, gone)));
    assertEquals(List.of(), again.leftOver());
  }

  @Test
  void ofAGroupThatEndedWhileNobodyLookedNothingIsLeft() {
    groups.restore(new Sent("hook", Told.held("burst", "a", 1).labels(), Set.of("burst/a"), Set.of(), 1));
    assertEquals(1, groups.leftOver().size());
  }

  @Test
  void allLabelsMakeEachAlertAGroup() {
    Groups each = new Groups("hook", List.of("..."), TIMING);
    each.put(Told.held("burst", "a", 100), 100);
    each.put(Told.held("burst", "b", 100), 100);
    assertEquals(2, each.due(130, held -> false, gone).size());
    Groups all = new Groups("hook", List.of(), TIMING);
    all.put(Told.held("burst", "a", 100), 100);
    all.put(Told.held("quiet", "b", 100), 100);
    assertEquals(List.of("{}:{} a b"), texts(all.due(130, held -> false, gone)));
  }

  @Test
  void notAllAreUnderwayAtATime() {
    Groups each = new Groups("hook", List.of("..."), TIMING);
    for (int n = 0; n < 40; n++) {
      each.put(Told.held("burst", "k" + n, 100), 100);
    }
    List<Notification> first = each.due(200, held -> false, gone);
    assertEquals(Groups.UNDERWAY, first.size());
    assertEquals(0, each.due(200, held -> false, gone).size());
    first.forEach(notification -> each.delivered(notification.key(), 200));
    assertEquals(Groups.UNDERWAY, each.due(200, held -> false, gone).size());
  }

  private Optional<Sent> deliver(long now) {
    List<Notification> due = groups.due(now, held -> muted.contains(held.fingerprint()), gone);
    assertEquals(1, due.size());
    return groups.delivered(due.get(0).key(), now);
  }

  private List<String> due(long now) {
    return texts(groups.due(now, held -> muted.contains(held.fingerprint()), gone));
  }

  private static List<String> texts(List<Notification> notifications) {
    return notifications.stream().map(each -> each.key() + " " + String.join(" ", each.alerts().stream()
        .map(held -> (held.firing() ? "" : "-") + held.alert().key()).toList())).toList();
  }
}
