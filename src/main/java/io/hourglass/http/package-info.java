/** The HTTP front: routes, parameters, representations, problems. */
package io.hourglass.http;
