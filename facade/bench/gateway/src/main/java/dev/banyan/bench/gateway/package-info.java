/** Spring Cloud Gateway as {@code ./banyan bench proxy} compares the facade with it. */
package dev.banyan.bench.gateway;
