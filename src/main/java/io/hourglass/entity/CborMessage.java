package io.hourglass.entity;

/** Marks what is sent between nodes: Jackson CBOR. */
public interface CborMessage {}
