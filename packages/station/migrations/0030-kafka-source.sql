-- How records are fetched from Kafka, and, sealed by the node, what it proves itself to brokers with.
alter table source add column kafka jsonb;
alter table source add column sealed_secrets text;

-- How far a partition is read: everything below is in the spool.
create table kafka_position (
  source_id text not null,
  -- Digest of cluster and topic, by their identities where brokers tell them.
  log text not null,
  partition integer not null,
  topic text not null,
  next_offset bigint not null,
  -- Counts up when the offsets of the same log began anew.
  incarnation integer not null default 0,
  seen_at timestamptz not null,
  primary key (source_id, log, partition)
);
alter table kafka_position enable row level security;
alter table kafka_position force row level security;
create policy kafka_position_of_node on kafka_position
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));
