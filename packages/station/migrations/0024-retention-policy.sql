-- How long events are kept: every version the owner put into force. The highest is in force; none: the default.
create table retention_version (
  version integer primary key,
  organisation_id text not null,
  policy jsonb not null,
  reason text not null,
  actor_id text not null,
  actor_name text not null,
  created_at timestamptz not null
);
comment on table retention_version is 'append-only: the history of the retention policy';
alter table retention_version enable row level security;
alter table retention_version force row level security;
create policy retention_version_scope on retention_version
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

-- What was deleted from a day of receipt last: under which condition, and how many rows it left.
create table retention_day (
  -- Days since the epoch.
  day integer primary key,
  due text not null,
  left_rows bigint not null
);
alter table retention_day enable row level security;
alter table retention_day force row level security;
create policy retention_day_scope on retention_day
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));
