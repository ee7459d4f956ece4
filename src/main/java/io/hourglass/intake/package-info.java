/** Events that come over HTTP, on their way into a pipeline's topic. */
package io.hourglass.intake;
