-- Files of the archive: each holds events of one hour of receipt, one organisation and one TLP.
create table archive_file (
  sha256 text primary key,
  organisation_id text not null,
  tlp_rank smallint not null,
  -- Hours since the epoch.
  hour integer not null,
  -- Which events of the hour: number of the retention rule, and the conditions of the rules it was cut by.
  rule integer not null,
  cut text not null,
  rows bigint not null,
  bytes bigint not null,
  min_time timestamptz not null,
  max_time timestamptz not null,
  -- Empty: too many to name.
  classes jsonb not null,
  sources jsonb not null,
  -- The smallest id: whether its row is there tells whether the rows were deleted.
  first_id text not null,
  state text not null,
  archived_at timestamptz not null,
  verified_at timestamptz not null,
  fault text not null,
  restored_at timestamptz,
  used_at timestamptz
);
create index archive_file_hour on archive_file (hour, sha256);
create index archive_file_time on archive_file (max_time, min_time) where state = 'archived';
create index archive_file_restored on archive_file (hour) where restored_at is not null;
alter table archive_file enable row level security;
alter table archive_file force row level security;
create policy archive_file_scope on archive_file
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));

-- Files that may lie in the archive without standing in its catalogue: written but not yet entered, or let go.
create table archive_litter (
  sha256 text primary key,
  noted_at timestamptz not null
);
alter table archive_litter enable row level security;
alter table archive_litter force row level security;
create policy archive_litter_scope on archive_litter
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));
