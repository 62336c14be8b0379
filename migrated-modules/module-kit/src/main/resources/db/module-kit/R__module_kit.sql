-- Repeatable, so that the numbers of a module's own migrations stay its own.

create table if not exists idempotency_keys (
  key        text primary key,
  request    bytea not null,                 -- SHA-256 of method, address and body
  status     integer not null,               -- 0 until the answer is known, in the same transaction
  headers    text not null default '',       -- one "name: value" a line
  body       bytea,
  expires_at timestamptz not null
);
create index if not exists idempotency_keys_expiry on idempotency_keys (expires_at);

create table if not exists outbox (
  position   bigint generated always as identity primary key,
  event_id   uuid not null unique,
  type       text not null,
  subject    text not null,                  -- events of one subject are delivered in order
  payload    text not null,
  created_at timestamptz not null default now(),
  state      text not null default 'pending' check (state in ('pending', 'delivered', 'dead')),
  attempts   integer not null default 0,
  next_at    timestamptz not null default now(),
  ended_at   timestamptz,
  last_error text
);
create index if not exists outbox_pending on outbox (subject, position) where state = 'pending';
create index if not exists outbox_open on outbox (state) where state <> 'delivered';
create index if not exists outbox_ended on outbox (ended_at) where state = 'delivered';

create table if not exists inbox (
  event_id    text primary key,
  received_at timestamptz not null default now()
);
