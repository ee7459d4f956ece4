/**
 * What every peer of the comparison does alike: it reads two fields of an event, keeps an aggregate, writes it down in
 * 64 bytes, and says when it begins to read and when it has written all there is.
 *
 * <p>None of it knows the engine it runs in, so that no engine is slower for a worse parser or a wordier format.
 */
package io.hourglass.peers;
