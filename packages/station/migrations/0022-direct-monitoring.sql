-- What the parent asks for: the whole event stream of some sources. At most one row.
create table direct_monitoring (
  one boolean primary key default true check (one),
  request jsonb not null
);
alter table direct_monitoring enable row level security;
alter table direct_monitoring force row level security;
create policy direct_monitoring_scope on direct_monitoring
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

-- Events that lie in the event store and are to go to the parent, by the token of their insert: they are
-- read from there when their turn comes, so that they are on disk once.
create table event_offer (
  id bigint generated always as identity primary key,
  token text not null,
  sources jsonb not null,
  -- Receive times of the first and the last.
  from_time timestamptz not null,
  to_time timestamptz not null,
  records bigint not null,
  bytes bigint not null,
  -- How far it went: id of the last event read, and how many were.
  after_id text not null,
  read bigint not null
);
alter table event_offer enable row level security;
alter table event_offer force row level security;
create policy event_offer_scope on event_offer
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));
