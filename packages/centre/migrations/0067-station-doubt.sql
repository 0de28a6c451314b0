-- Spans in which what a station told is doubtful. Alerts are not rewritten: who reads one looks here.
create table station_doubt (
  id text primary key,
  station_id text not null,
  node_id text not null,
  organisation_id text not null,
  basis text not null check (basis in ('received', 'occurred')),
  starts_at timestamptz not null,
  ends_at timestamptz,
  reason text not null,
  created_at timestamptz not null,
  created_by text not null,
  lifted_at timestamptz,
  lifted_by text not null default '',
  lifted_reason text not null default '',
  check (ends_at is null or starts_at < ends_at)
);
create index station_doubt_station on station_doubt (station_id, created_at desc);
create index station_doubt_node on station_doubt (node_id) where lifted_at is null;
alter table station_doubt enable row level security;
alter table station_doubt force row level security;
create policy station_doubt_scope on station_doubt
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));
