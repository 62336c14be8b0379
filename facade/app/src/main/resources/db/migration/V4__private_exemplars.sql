-- What was stored before holds values as they were sent; from now on they are masked and encrypted.
delete from mismatch_exemplar;

-- Exemplars go by age and size; what tells their age is encrypted.
alter table mismatch_exemplar add column kept_at timestamptz not null default now();

comment on column mismatch_exemplar.exemplar is 'AES-256-GCM in base64; see docs/reference/private-data.md';
