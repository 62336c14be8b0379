/**
 * The process in front. {@link dev.banyan.app.BanyanMain} reads its arguments and provides a
 * database; {@link dev.banyan.app.Wiring} puts the pure rooms together; {@link
 * dev.banyan.app.RunningFacade} goes rules → ledger → table → listen. Requests run in facade/proxy
 * on event loops of their own; everything here is plain blocking code on virtual threads.
 */
@NullMarked
package dev.banyan.app;

import org.jspecify.annotations.NullMarked;
