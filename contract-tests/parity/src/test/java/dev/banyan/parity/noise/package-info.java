@NullMarked
package dev.banyan.parity.noise;

import org.jspecify.annotations.NullMarked;
