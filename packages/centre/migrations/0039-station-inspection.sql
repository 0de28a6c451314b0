-- Inspections of stations (1017 II.3.đ); a signed one only learns which of its findings were remedied.
create table station_inspection (
  id text primary key,
  station_id text not null,
  organisation_id text not null,
  kind text not null,
  inspected_on date not null,
  inspector text not null,
  profile text not null,
  answers jsonb not null,
  findings jsonb not null,
  open_findings integer not null,
  summary text not null,
  facts jsonb not null,
  signed_by text,
  signed_at timestamptz,
  version integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index station_inspection_station on station_inspection (station_id, inspected_on desc);
create index station_inspection_day on station_inspection (inspected_on, id);
alter table station_inspection enable row level security;
alter table station_inspection force row level security;
create policy station_inspection_scope on station_inspection
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));
