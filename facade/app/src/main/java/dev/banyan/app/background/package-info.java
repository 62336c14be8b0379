/** Threads that do the same again and again beside the traffic. */
@NullMarked
package dev.banyan.app.background;

import org.jspecify.annotations.NullMarked;
