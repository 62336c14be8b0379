-- The ledger: append-only, hash-chained; the truth about stages.
create table ledger (
  revision        bigint primary key check (revision > 0),
  at              timestamptz not null,
  route_id        text not null,
  from_stage      text not null,
  to_stage        text not null,
  who             text not null,
  why             text not null,
  verdict         text not null,
  evidence_digest text,
  rules_digest    text not null,
  previous_hash   text not null unique,
  hash            text not null unique
);

create index ledger_by_route on ledger (route_id, revision desc);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only';
end
$$;

create trigger ledger_is_append_only before update or delete on ledger
  for each row execute function refuse_change();

create trigger ledger_is_not_emptied before truncate on ledger
  for each statement execute function refuse_change();
