-- Second persons' approvals: the one that was asked for last, by route.
create table approval (
  route_id   text primary key,
  -- Hash of the exact change; another change needs another approval.
  change     text not null,
  from_stage text not null,
  to_stage   text not null,
  asked_by   text not null,
  expires    timestamptz not null,
  -- Who said yes; null as long as nobody has.
  approver   text
);
