package io.hourglass.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The wanted fields of an event as a tree of names, so that an event is read in one pass and what nobody
 * wants is skipped over. A field that is wanted has a slot; one with fields below it has children.
 */
final class Field {
  static final int NO_SLOT = -1;

  private final Map<String, Field> children = new HashMap<>();
  private final List<Integer> slotsBelow = new ArrayList<>();
  private int slot = NO_SLOT;
  private boolean asNumber;
  private boolean asText;
  private boolean asTime;

  /** The field named {@code name} in the object that this one holds; null when nobody wants it. */
  Field child(String name) {
    return children.get(name);
  }

  boolean hasChildren() {
    return !children.isEmpty();
  }

  int slot() {
    return slot;
  }

  boolean asNumber() {
    return asNumber;
  }

  /** Whether the text of a value of this kind is wanted. */
  boolean wantsText(Values.Kind kind) {
    return switch (kind) {
      case TEXT -> asText || asTime;
      case NUMBER, BOOLEAN, NO_NUMBER -> asText;
      case ABSENT, STRUCTURE -> false;
    };
  }

  /** The slots of all fields below this one. */
  List<Integer> slotsBelow() {
    return slotsBelow;
  }

  /** The wanted fields of a pipeline and how many there are. */
  static final class Tree {
    final Field root = new Field();
    private final Map<String, Integer> made = new HashMap<>();
    private int slots;

    /**
     * Wants the field at {@code path}, {@code attrs.site} for a nested one, and answers its slot; a field
     * that is wanted twice has one slot.
     *
     * @param asText as text whatever it is, a number too
     */
    int want(String path, boolean asNumber, boolean asText) {
      if (made.containsKey(path)) {
        return made.get(path);
      }
      Field field = at(path);
      field.asNumber |= asNumber;
      field.asText |= asText;
      return field.slot;
    }

    /** Wants a field as the number or the text that it is. */
    int wantTime(String path) {
      if (made.containsKey(path)) {
        return made.get(path);
      }
      Field field = at(path);
      field.asNumber = true;
      field.asTime = true;
      return field.slot;
    }

    /** A field of that name that no event brings; whoever wants it from now on gets its slot. */
    int make(String name) {
      made.put(name, slots);
      return slots++;
    }

    private Field at(String path) {
      List<Field> above = new ArrayList<>();
      Field field = root;
      for (String name : path.split("\\.")) {
        above.add(field);
        field = field.children.computeIfAbsent(name, absent -> new Field());
      }
      if (field.slot == NO_SLOT) {
        field.slot = slots++;
        int added = field.slot;
        above.forEach(each -> each.slotsBelow.add(added));
      }
      return field;
    }

    int slots() {
      return slots;
    }
  }
}
