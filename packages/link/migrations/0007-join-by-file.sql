-- Requests to join that came by file: each counts once.
create table join_file (
  request_id text primary key,
  station_id text not null references station (id),
  organisation_id text not null,
  fingerprint text not null,
  received_at timestamptz not null
);
create index join_file_station on join_file (station_id, received_at);
alter table join_file enable row level security;
alter table join_file force row level security;
create policy join_file_scope on join_file
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

-- This node's own request that waits for an answer by file: the last one made.
create table link_join_request (
  one boolean primary key default true check (one),
  request_id text not null,
  fingerprint text not null,
  expires_at timestamptz not null
);
alter table link_join_request enable row level security;
alter table link_join_request force row level security;
create policy link_join_request_scope on link_join_request
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));
