-- In which province a station stands: the code of a unit of today.
create table station_place (
  station_id text primary key,
  organisation_id text not null,
  unit text not null
);
alter table station_place enable row level security;
alter table station_place force row level security;
create policy station_place_scope on station_place
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

-- What is planned for the station of an organisation, beside what duties and the station itself say.
create table station_plan (
  organisation_id text primary key references organisation (id),
  stage text not null check (stage in ('planned', 'survey', 'exempt')),
  due_on date,
  note text not null,
  updated_at timestamptz not null
);
alter table station_plan enable row level security;
alter table station_plan force row level security;
create policy station_plan_scope on station_plan
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

-- Which systems a station watches is asked for every row of the estate.
create index information_system_stations on information_system using gin (station_ids);
