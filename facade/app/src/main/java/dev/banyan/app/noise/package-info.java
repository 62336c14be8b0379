/**
 * What is known of noise while the facade runs: fed by the comparison thread and event loops, asked
 * by that thread and by admin. Nothing of it outlives the process.
 */
@NullMarked
package dev.banyan.app.noise;

import org.jspecify.annotations.NullMarked;
