-- Every facade process says here which revision it serves.
create table replica (
  id       text primary key,
  revision bigint not null,
  seen     timestamptz not null default now()
);
