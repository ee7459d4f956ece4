/**
 * One window of all keys, ranked or added up: every node answers for the shards it holds, from its keys in memory, those that
 * left it and the read table; the node that was asked puts the parts together and names what is missing.
 */
package io.hourglass.gather;
