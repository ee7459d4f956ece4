package io.hourglass.event;

/** Reads the wanted fields of an event from the bytes of its record. For any number of threads. */
interface Fields {

  /**
   * The fields.
   *
   * @return null when the record is none of an event, as a header
   * @throws Refused when it is not of this format
   */
  Values read(byte[] record) throws Refused;
}
