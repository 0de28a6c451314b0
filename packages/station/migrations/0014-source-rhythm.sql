-- What came of each source in each hour, counted in the transaction that keeps the records.
create table source_hour (
  source_id text not null,
  organisation_id text not null,
  -- Hours since the epoch.
  hour integer not null,
  records bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  -- Longest time between two records of the hour.
  longest_ms integer not null,
  primary key (source_id, hour)
);
create index source_hour_age on source_hour (hour);
alter table source_hour enable row level security;
alter table source_hour force row level security;
create policy source_hour_scope on source_hour
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

-- How long the station watched in each hour: an hour it did not watch says nothing of any source.
create table watched_hour (
  hour integer primary key,
  seconds integer not null,
  until timestamptz not null
);
alter table watched_hour enable row level security;
alter table watched_hour force row level security;
create policy watched_hour_of_node on watched_hour
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

-- Stretches in which a source did not send what it usually does.
create table source_silence (
  id text primary key,
  organisation_id text not null,
  source_id text not null,
  source_name text not null,
  kind text not null,
  "from" timestamptz not null,
  "to" timestamptz,
  noticed_at timestamptz not null,
  cause text not null,
  detail text not null,
  -- Records usual in the stretch, and those that came.
  usual bigint not null,
  received bigint not null
);
create unique index source_silence_open on source_silence (source_id) where "to" is null;
create index source_silence_from on source_silence ("from", id);
create index source_silence_source on source_silence (source_id, "from");
alter table source_silence enable row level security;
alter table source_silence force row level security;
create policy source_silence_scope on source_silence
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));
