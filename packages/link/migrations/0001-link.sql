-- Nodes below this one (and the station part of the node itself), one row for each node identity.
create table station (
  id text primary key,
  node_id text not null,
  organisation_id text not null,
  name text not null,
  local boolean not null,
  state text not null,
  software text not null,
  location text not null,
  contact text not null,
  capabilities jsonb not null,
  -- Key of the last request; the one that may speak is accepted_fingerprint.
  fingerprint text not null,
  accepted_fingerprint text,
  revoked_fingerprint text,
  csr text,
  certificate text,
  certificate_expires_at timestamptz,
  ticket_hash text,
  signing_key text not null,
  reason text not null,
  last_heartbeat_at timestamptz,
  last_data_at timestamptz,
  heartbeat jsonb,
  simulated boolean not null,
  joined_at timestamptz,
  created_at timestamptz not null
);
create unique index station_node on station (node_id);
create unique index station_local on station (local) where local;
create unique index station_accepted on station (accepted_fingerprint);
create unique index station_ticket on station (ticket_hash);
create index station_organisation on station (organisation_id);
create index station_created on station (created_at, id);
alter table station enable row level security;
alter table station force row level security;
create policy station_scope on station
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

-- What this node holds of each stream of each station: the watermark, stored with the data.
create table station_stream (
  station_id text not null references station (id),
  stream text not null,
  stored bigint not null,
  primary key (station_id, stream)
);
alter table station_stream enable row level security;
alter table station_stream force row level security;
create policy station_stream_scope on station_stream
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

create table station_gap (
  id text primary key,
  station_id text not null references station (id),
  organisation_id text not null,
  stream text not null,
  kind text not null,
  first bigint,
  last bigint,
  count bigint not null,
  "from" timestamptz not null,
  "to" timestamptz,
  reason text not null,
  recovered bigint not null,
  closed_at timestamptz,
  created_at timestamptz not null
);
create index station_gap_open on station_gap (station_id) where closed_at is null;
create index station_gap_created on station_gap (created_at, id);
alter table station_gap enable row level security;
alter table station_gap force row level security;
create policy station_gap_scope on station_gap
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

-- Records of a station that could not be read: the stream moves on, the bytes stay. Newest 1,000 of each station.
create table station_reject (
  id bigint generated always as identity primary key,
  station_id text not null references station (id),
  organisation_id text not null,
  stream text not null,
  seq bigint not null,
  reason text not null,
  line text not null,
  received_at timestamptz not null
);
create index station_reject_station on station_reject (station_id, id);
alter table station_reject enable row level security;
alter table station_reject force row level security;
create policy station_reject_scope on station_reject
  using (haidang_sees(organisation_id, 4)) with check (haidang_sees(organisation_id, 4));

create table join_code (
  id text primary key,
  organisation_id text not null,
  secret_hash text not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  used_fingerprint text,
  created_at timestamptz not null
);
create unique index join_code_secret on join_code (secret_hash);
create index join_code_created on join_code (created_at, id);
alter table join_code enable row level security;
alter table join_code force row level security;
create policy join_code_scope on join_code
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

-- Whose signatures this node believes.
create table link_trusted_key (
  organisation_id text not null,
  kid text not null,
  -- The node that declared it; empty: learnt from the parent.
  node_id text not null,
  organisation_name text not null,
  x text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (organisation_id, kid)
);
alter table link_trusted_key enable row level security;
alter table link_trusted_key force row level security;
create policy link_trusted_key_scope on link_trusted_key
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

-- Every envelope sent and received, as it stood on the wire: the proof of what was said.
create table link_envelope (
  id bigint generated always as identity primary key,
  envelope_id text not null,
  direction text not null,
  node_id text not null,
  type text not null,
  from_organisation text not null,
  to_organisation text not null,
  state text not null,
  problem text not null,
  line text not null,
  recorded_at timestamptz not null
);
-- A refused one may carry any id; it must not keep the genuine one out.
create unique index link_envelope_once on link_envelope (envelope_id)
  where direction = 'received' and state <> 'refused';
create index link_envelope_id on link_envelope (envelope_id);
alter table link_envelope enable row level security;
alter table link_envelope force row level security;
create policy link_envelope_scope on link_envelope
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

-- Numbered records on their way: direction `up` to the parent (node_id empty), `down` to a child.
create table link_box (
  direction text not null,
  node_id text not null,
  stream text not null,
  -- Number of the last record appended, and of the last the other side confirmed.
  last bigint not null,
  confirmed bigint not null,
  -- Records waiting, gap records not counted.
  waiting bigint not null,
  primary key (direction, node_id, stream)
);
alter table link_box enable row level security;
alter table link_box force row level security;
create policy link_box_scope on link_box
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

create table link_box_record (
  direction text not null,
  node_id text not null,
  stream text not null,
  seq bigint not null,
  -- Above seq for a gap record, which stands for all numbers from seq to this one.
  last_seq bigint not null,
  -- How many records a gap record stands for; 0: this is a record.
  dropped bigint not null,
  line text not null,
  size int not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (direction, node_id, stream, seq)
);
alter table link_box_record enable row level security;
alter table link_box_record force row level security;
create policy link_box_record_scope on link_box_record
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

-- What this node has stored of each stream its parent sends down.
create table link_down_stream (
  stream text primary key,
  stored bigint not null
);
alter table link_down_stream enable row level security;
alter table link_down_stream force row level security;
create policy link_down_stream_scope on link_down_stream
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

-- The tie to the parent: at most one row.
create table link_parent (
  one boolean primary key default true check (one),
  state text not null,
  parent_url text not null,
  authority text not null,
  ticket text not null,
  retry_seconds int not null,
  certificate text,
  certificate_from timestamptz,
  certificate_expires_at timestamptz,
  parent_node_id text,
  parent_name text,
  parent_organisation_id text,
  parent_organisation_code text,
  parent_organisation_name text,
  organisation_id text,
  since timestamptz not null,
  problem text
);
alter table link_parent enable row level security;
alter table link_parent force row level security;
create policy link_parent_scope on link_parent
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));
