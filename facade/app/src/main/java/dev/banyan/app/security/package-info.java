/**
 * The admin side's door: {@link dev.banyan.app.security.AdminGate} stands before everything that
 * the admin port serves. Runs on the admin server's event loop; compares, and never blocks.
 */
@NullMarked
package dev.banyan.app.security;

import org.jspecify.annotations.NullMarked;
