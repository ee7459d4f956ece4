/** One record tree for everything a node can be told, read and checked once at start. */
package io.hourglass.settings;
