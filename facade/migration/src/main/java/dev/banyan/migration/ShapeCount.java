package dev.banyan.migration;

/**
 * How often requests of one shape came.
 *
 * @param traffic from clients
 * @param compared of these, with a comparison that says something
 */
public record ShapeCount(long traffic, long compared) {}
