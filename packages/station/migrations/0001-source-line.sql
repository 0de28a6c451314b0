-- Where records come from. A removed source keeps its row: records of it may still wait in the spool.
create table source (
  id text primary key,
  organisation_id text not null,
  name text not null,
  collector text not null,
  format text not null,
  senders jsonb not null default '[]',
  path text,
  zone text not null,
  tlp text not null,
  logsource jsonb not null default '{}',
  expect_every_seconds integer not null,
  -- SHA-256 of the token of a json-lines source; the token itself is nowhere.
  token_hash text,
  paused boolean not null default false,
  created_at timestamptz not null,
  removed_at timestamptz
);
create unique index source_name on source (organisation_id, name) where removed_at is null;
create index source_created on source (created_at, id);
alter table source enable row level security;
alter table source force row level security;
create policy source_scope on source
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

-- What became of the records of a source; moves in the transaction that keeps them.
create table source_counter (
  source_id text primary key,
  organisation_id text not null,
  parsed bigint not null default 0,
  rejected bigint not null default 0,
  dropped bigint not null default 0,
  duplicated_possible bigint not null default 0,
  bytes bigint not null default 0,
  last_record_at timestamptz
);
alter table source_counter enable row level security;
alter table source_counter force row level security;
create policy source_counter_scope on source_counter
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

-- Records that could not be parsed, with their bytes: here, or above 64 kB as a blob.
create table reject (
  id text primary key,
  organisation_id text not null,
  tlp_rank smallint not null,
  source_id text not null,
  source_name text not null,
  origin text not null,
  segment bigint not null,
  "offset" bigint not null,
  reason text not null,
  detail text not null,
  format text not null,
  size integer not null,
  excerpt text not null,
  body bytea,
  blob text,
  received_time timestamptz not null,
  replayed_at timestamptz
);
create index reject_received on reject (received_time, id);
create index reject_waiting on reject (source_id, reason) where replayed_at is null;
alter table reject enable row level security;
alter table reject force row level security;
create policy reject_scope on reject
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));

-- How far the line is: everything in the spool below is kept.
create table line_checkpoint (
  name text primary key,
  segment bigint not null,
  "offset" bigint not null,
  -- False while the line runs: found at start, it tells that the node was killed.
  stopped boolean not null
);
alter table line_checkpoint enable row level security;
alter table line_checkpoint force row level security;
create policy line_checkpoint_of_node on line_checkpoint
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

-- How far a file is read: everything below is in the spool.
create table file_checkpoint (
  source_id text not null,
  file text not null,
  path text not null,
  "offset" bigint not null,
  seen_at timestamptz not null,
  primary key (source_id, file)
);
alter table file_checkpoint enable row level security;
alter table file_checkpoint force row level security;
create policy file_checkpoint_of_node on file_checkpoint
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

-- Batches already taken in, by the identity their sender gave them.
create table batch_key (
  source_id text not null,
  key text not null,
  records integer not null,
  kept_at timestamptz not null,
  primary key (source_id, key)
);
create index batch_key_age on batch_key (kept_at);
alter table batch_key enable row level security;
alter table batch_key force row level security;
create policy batch_key_of_node on batch_key
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));
