-- What an act on many incidents changed, for the seconds in which it may be taken back.
create table incident_undo (
  token text not null,
  incident_id text not null,
  organisation_id text not null,
  tlp_rank smallint not null,
  actor_id text not null,
  expires_at timestamptz not null,
  version_after integer not null,
  before jsonb not null,
  primary key (token, incident_id)
);
create index incident_undo_expires on incident_undo (expires_at);
alter table incident_undo enable row level security;
alter table incident_undo force row level security;
create policy incident_undo_scope on incident_undo
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));
