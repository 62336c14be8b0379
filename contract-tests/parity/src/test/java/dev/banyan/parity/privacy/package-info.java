@NullMarked
package dev.banyan.parity.privacy;

import org.jspecify.annotations.NullMarked;
