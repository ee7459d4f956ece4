/** Three nodes in JVMs of their own find each other, by each way that there is. */
package io.hourglass.bootstrap;
