package io.hourglass.event;

import java.util.Locale;

/** Why a record cannot be counted. */
public enum Reason {
  /** No value, or nothing but white space. */
  EMPTY,
  /** Not exactly one JSON object in UTF-8: cut off, followed by something, an array, too deeply nested. */
  NOT_JSON,
  /** Not exactly one line with the columns of the pipeline, in UTF-8. */
  NOT_CSV,
  /** The key's field is missing, null or empty, or the record has no key. */
  NO_KEY,
  /** The key takes more than {@link EventDecoder#MAX_KEY_BYTES} in UTF-8. */
  KEY_TOO_LONG,
  /** A field holds what cannot be used: text for a sum, an object for a key, a number beyond all doubles. */
  WRONG_TYPE,
  /** The timestamp's field is missing or null, or the record has no timestamp. */
  NO_TIMESTAMP,
  /** The timestamp is neither epoch milliseconds nor ISO-8601 with an offset, or not of the years 1 to 9999. */
  BAD_TIMESTAMP,
  /** The timestamp lies further ahead of the wall clock than the pipeline allows. */
  TOO_FAR_AHEAD;

  /** As dead letters and metrics name it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
