/**
 * The demo: a legacy system, its half-migrated successor and a facade, all on free ports.
 *
 * <p>{@link dev.banyan.cli.demo.DemoCommand} starts the processes ({@link
 * dev.banyan.cli.demo.Child}), lets {@link dev.banyan.cli.demo.DemoTraffic} ask on virtual threads,
 * and tells the story ({@link dev.banyan.cli.demo.DemoStory}) on the main thread. Whatever ends it,
 * no process stays.
 */
@NullMarked
package dev.banyan.cli.demo;

import org.jspecify.annotations.NullMarked;
