/** To be told. */
@NullMarked
package dev.banyan.cli;

import org.jspecify.annotations.NullMarked;
