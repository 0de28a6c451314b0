-- Events of nodes below that are stored with their watermark and not yet in the event store. The id of a
-- batch is the token of its insert, so that a repeat changes nothing.
create table event_batch (
  id text primary key,
  station_id text not null,
  node_id text not null,
  organisation_id text not null,
  -- One line each: number, blank, event as it came; zstd.
  body bytea not null,
  size integer not null,
  records integer not null,
  received_at timestamptz not null
);
create index event_batch_received on event_batch (received_at, id);
alter table event_batch enable row level security;
alter table event_batch force row level security;
create policy event_batch_scope on event_batch
  using (haidang_sees(null, 4)) with check (haidang_sees(null, 4));
