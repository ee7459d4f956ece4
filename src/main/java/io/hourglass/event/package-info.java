/** From a record's bytes to an event of a key, or to a dead letter that says why not. */
package io.hourglass.event;
