/** To be told. */
@NullMarked
package dev.banyan.legacy.sample;

import org.jspecify.annotations.NullMarked;
