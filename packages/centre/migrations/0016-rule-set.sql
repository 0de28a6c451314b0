-- Numbered, signed versions of the library; `manifest` is what was signed.
create table rule_set (
  number integer primary key,
  organisation_id text not null,
  tlp_rank smallint not null,
  hash text not null,
  manifest jsonb not null,
  rules integer not null,
  tunings integer not null,
  note text not null,
  ring text,
  restores integer,
  signature text not null,
  kid text not null,
  published_by text not null,
  published_at timestamptz not null,
  rolled_out_at timestamptz
);
alter table rule_set enable row level security;
alter table rule_set force row level security;
create policy rule_set_scope on rule_set
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));

-- Contents of rule sets, each once: a set names them by hash.
create table rule_set_file (
  sha256 text primary key,
  organisation_id text not null,
  tlp_rank smallint not null,
  text text not null,
  title text not null,
  sigma_id text not null,
  version integer
);
alter table rule_set_file enable row level security;
alter table rule_set_file force row level security;
create policy rule_set_file_scope on rule_set_file
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));

-- What each station should have, and what it last said of it.
create table rule_set_station (
  station_id text primary key references station (id),
  organisation_id text not null,
  ring text not null,
  assigned integer,
  assigned_at timestamptz,
  -- A set of which the station holds every file: only what is missing is sent.
  holds integer,
  answered integer,
  answer_hash text,
  answer_at timestamptz,
  active integer,
  errors integer,
  problem text
);
alter table rule_set_station enable row level security;
alter table rule_set_station force row level security;
create policy rule_set_station_scope on rule_set_station
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));
