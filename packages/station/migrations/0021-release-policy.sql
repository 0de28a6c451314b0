-- What may leave this node: every version the owner put into force. The highest is in force; none: the default.
create table release_version (
  version integer primary key,
  organisation_id text not null,
  policy jsonb not null,
  reason text not null,
  actor_id text not null,
  actor_name text not null,
  created_at timestamptz not null
);
comment on table release_version is 'append-only: the history of the release policy';
alter table release_version enable row level security;
alter table release_version force row level security;
create policy release_version_scope on release_version
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

-- How many records met which decision, by day (UTC).
create table release_count (
  day date not null,
  stream text not null,
  decision text not null,
  class_uid integer not null,
  count bigint not null,
  primary key (day, stream, decision, class_uid)
);
alter table release_count enable row level security;
alter table release_count force row level security;
create policy release_count_scope on release_count
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

-- Up to when the journal tells of exceptions that ended by themselves; one row.
create table release_clock (
  one boolean primary key default true check (one),
  ended_until timestamptz not null
);
alter table release_clock enable row level security;
alter table release_clock force row level security;
create policy release_clock_scope on release_clock
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));
