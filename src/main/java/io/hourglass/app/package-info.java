/** The program: {@code Main} reads the settings and starts the {@code Node}, which is all parts in their order. */
package io.hourglass.app;
