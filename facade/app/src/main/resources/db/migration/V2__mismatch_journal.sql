-- What did not match, by signature; outlives a restart. Bounded by the number of distinct signatures.
create table mismatch_signature (
  route_id   text not null,
  -- SHA-256 of the signature: a location may be longer than an index entry.
  digest     text not null,
  -- JSON in ASCII, as a location may hold what text cannot (a NUL, half a surrogate pair).
  signature  text not null,
  count      bigint not null check (count > 0),
  first_seen timestamptz not null,
  last_seen  timestamptz not null,
  primary key (route_id, digest)
);

create table mismatch_exemplar (
  route_id text not null,
  digest   text not null,
  number   int not null,
  exemplar text not null,
  primary key (route_id, digest, number),
  foreign key (route_id, digest) references mismatch_signature on delete cascade
);
