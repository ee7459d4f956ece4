/** HTTP and WebSocket load on one node beside a stream of events: how long answers and alert frames take, and whether all came. */
package io.hourglass.gatling;
