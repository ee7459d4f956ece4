/**
 * What an hour of a key is: windows, watermarks, aggregates, and the state that folds them.
 *
 * <p>Plain Java. Nothing here knows Akka, Kafka, Jackson or a clock: time comes in as an argument, in
 * epoch milliseconds. Live updates and replay use the same {@code merge}, so they cannot disagree.
 */
package io.hourglass.window;
