-- Money is numeric without a declared scale: 12.50 keeps its last zero, and clients see it.
-- Lines and attributes are json, not jsonb: the order of members and the digits stay as written.

create sequence order_ids as integer start 10003; -- where the legacy system goes on

create table orders (
  order_id      integer primary key default nextval('order_ids'),
  customer_name text,
  order_date    timestamptz not null,
  shipped_date  timestamptz,
  status        integer not null,
  total         numeric not null,
  row_guid      uuid not null,
  lead_ticks    bigint not null default 0, -- 100 nanoseconds each
  row_version   bytea,
  lines         json,
  attributes    json,
  notes         text
);
alter sequence order_ids owned by orders.order_id;
