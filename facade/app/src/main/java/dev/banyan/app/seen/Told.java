package dev.banyan.app.seen;

/** What waits to be told behind the traffic. */
sealed interface Told permits SeenRequest, SeenRefusal {}
