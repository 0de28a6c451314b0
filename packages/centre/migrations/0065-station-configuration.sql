-- Every version of the plan by which stations below are configured; the highest is in force.
create table configuration_version (
  number integer primary key check (number > 0),
  plan jsonb not null,
  reason text not null,
  restores integer,
  actor_id text not null,
  actor_name text not null,
  created_at timestamptz not null
);
comment on table configuration_version is 'append-only: the history of what stations are to be set';
alter table configuration_version enable row level security;
alter table configuration_version force row level security;
create policy configuration_version_scope on configuration_version
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

-- What a station was given last, and what it said of it.
create table station_configuration (
  station_id text primary key,
  organisation_id text not null,
  -- The newest version of the plan that was looked at for it, whether it changed anything for it or not.
  considered integer not null,
  assigned integer,
  assigned_at timestamptz,
  -- Of what it was given: the same is not given twice.
  hash text not null,
  names jsonb not null,
  answered integer,
  answered_at timestamptz,
  answers jsonb not null
);
alter table station_configuration enable row level security;
alter table station_configuration force row level security;
create policy station_configuration_scope on station_configuration
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));
