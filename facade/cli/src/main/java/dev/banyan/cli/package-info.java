/**
 * The commands of Banyan.
 *
 * <p>A command finds the admin port and its token ({@link dev.banyan.cli.Connection}), asks it over
 * HTTP ({@link dev.banyan.cli.AdminClient}) and prints what it answered ({@link
 * dev.banyan.cli.Screen}). Nothing here knows another room; the REST contract is the only border.
 *
 * <p>Everything runs on the main thread and ends with 0 (done), 1 (refused or failed) or 2 (wrong
 * usage).
 */
@NullMarked
package dev.banyan.cli;

import org.jspecify.annotations.NullMarked;
