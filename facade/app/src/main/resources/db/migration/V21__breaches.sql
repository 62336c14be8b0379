-- What replicas know of breaches, by route; each merges what it knows itself into it.
create table breach (
  route_id text primary key,
  -- JSON: when, why, seen by which replica, acknowledged by whom.
  state    text not null
);
