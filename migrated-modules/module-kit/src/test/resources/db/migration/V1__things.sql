create table things (
  id     bigint generated always as identity primary key,
  name   text not null unique,
  parent text constraint parent_exists references things (name) deferrable initially deferred
);
