/** What a node does with a full topic: events a second, CPU, memory, writes and bytes, and whether it counted right. */
package io.hourglass.load;
