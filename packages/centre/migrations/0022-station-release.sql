-- What nodes below let out: every version of their owners' release policies, as they were told of it.
create table station_release (
  station_id text not null,
  version integer not null,
  organisation_id text not null,
  policy jsonb not null,
  reason text not null,
  actor_name text not null,
  created_at timestamptz,
  received_at timestamptz not null,
  primary key (station_id, version)
);
alter table station_release enable row level security;
alter table station_release force row level security;
create policy station_release_scope on station_release
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));
