package io.hourglass.gather;

import akka.actor.typed.ActorRef;
import io.hourglass.entity.CborMessage;
import io.hourglass.query.Ranking;

/**
 * Asks a node for its part of a window.
 *
 * @param ranking null: the keys' windows added up
 */
public record Question(String pipeline, long start, Ranking ranking, ActorRef<Part> replyTo) implements CborMessage {}
