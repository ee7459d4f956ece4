/** A node among others: how it is asked whether it lives and whether it can serve. */
package io.hourglass.cluster;
