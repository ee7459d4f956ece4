/** What people change while a node runs, shared by all nodes. */
package io.hourglass.live;
