-- Money is numeric without a declared scale: 1234.50 keeps its last zero, and clients see it.
-- A date is an instant plus the kind that the legacy system attached to it (DateTime.Kind).

create table products (
  sku        text primary key,
  position   integer not null unique,
  quantity   integer not null,
  unit_price numeric not null
);

create table orders (
  order_id          integer primary key,
  customer_name     text,
  order_date        timestamptz not null,
  order_date_kind   text not null check (order_date_kind in ('Utc', 'Local', 'Unspecified')),
  shipped_date      timestamptz,
  shipped_date_kind text check (shipped_date_kind in ('Utc', 'Local', 'Unspecified')),
  status            smallint not null check (status between 0 and 2),
  total             numeric not null,
  row_guid          uuid not null,
  lead_ticks        bigint not null, -- 100 nanoseconds each
  row_version       bytea,
  notes             text,
  check ((shipped_date is null) = (shipped_date_kind is null))
);

create table order_lines (
  order_id   integer not null references orders,
  position   integer not null,
  sku        text not null,
  quantity   integer not null,
  unit_price numeric not null,
  primary key (order_id, position)
);

create table order_attributes (
  order_id integer not null references orders,
  position integer not null,
  name     text not null,
  value    text,
  primary key (order_id, position),
  unique (order_id, name)
);
