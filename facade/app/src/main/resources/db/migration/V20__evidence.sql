-- What each replica has seen itself, from its start on: the sum over replicas counts nothing twice.
-- A row is replaced whole by its own replica and by nobody else, so writing it again does no harm.
create table evidence (
  route_id text not null,
  -- Last ledger entry of the route, stage and digest of the rules: evidence of another step is none of this one's.
  step     text not null,
  -- SHA-256 of the candidate version's label; empty where no answer names one.
  version  text not null,
  -- The same process started anew is another replica; its old row stays.
  replica  text not null,
  -- Rises with each snapshot: one that was held up on its way does not replace a later one.
  number   bigint not null,
  evidence text not null,
  written  timestamptz not null default now(),
  primary key (route_id, step, version, replica)
);
