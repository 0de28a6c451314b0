-- What is asked of nodes below: the whole event stream of some of their sources.
create table station_monitoring (
  station_id text primary key,
  organisation_id text not null,
  request jsonb not null,
  actor_name text not null
);
alter table station_monitoring enable row level security;
alter table station_monitoring force row level security;
create policy station_monitoring_scope on station_monitoring
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));
