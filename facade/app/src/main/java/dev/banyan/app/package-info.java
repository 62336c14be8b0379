/** To be told. */
@NullMarked
package dev.banyan.app;

import org.jspecify.annotations.NullMarked;
