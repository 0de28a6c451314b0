-- Addresses, names, hashes that were seen in incidents. Who reads an incident reads them.
create table incident_observable (
  id text primary key,
  incident_id text not null references incident (id),
  -- The organisation struck.
  organisation_id text not null,
  kind text not null,
  value text not null,
  tags text[] not null,
  note text not null,
  indicator boolean not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  sightings integer not null,
  added_by_name text not null,
  added_at timestamptz not null,
  folded text not null,
  version integer not null,
  unique (incident_id, kind, value)
);
create index incident_observable_seen on incident_observable (incident_id, last_seen_at, id);
create index incident_observable_value on incident_observable (kind, value, incident_id);

-- Generated from src/row-access.ts.
alter table incident_observable enable row level security;
alter table incident_observable force row level security;
create policy incident_observable_scope on incident_observable for select
  using (incident_id in (select id from incident));
create policy incident_observable_insert on incident_observable for insert
  with check (haidang_sees(organisation_id, 0) and incident_id in (select id from incident));
create policy incident_observable_update on incident_observable for update
  using (haidang_sees(organisation_id, 0) and incident_id in (select id from incident))
  with check (haidang_sees(organisation_id, 0) and incident_id in (select id from incident));
create policy incident_observable_delete on incident_observable for delete
  using (haidang_sees(organisation_id, 0) and incident_id in (select id from incident));
