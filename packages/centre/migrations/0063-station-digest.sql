-- What nodes below told of their journals: a signed digest for each day, also those that contradict others.
create table station_digest (
  station_id text not null,
  hash text not null,
  organisation_id text not null,
  day date not null,
  entries bigint not null,
  verdict text not null,
  fault text,
  document jsonb not null,
  received_at timestamptz not null,
  settled_at timestamptz,
  settled_by text not null default '',
  settled_reason text not null default '',
  primary key (station_id, hash)
);
create index station_digest_newest on station_digest (station_id, received_at desc, day desc);
alter table station_digest enable row level security;
alter table station_digest force row level security;
create policy station_digest_scope on station_digest
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));
