-- Files that prove something; their bytes lie in the blob store under their hash.
create table evidence_file (
  id text primary key,
  organisation_id text not null,
  -- The other organisation that may read it: who asked for it.
  shared_with text,
  tlp_rank smallint not null,
  subject text not null,
  name text not null,
  size bigint not null,
  sha256 text not null,
  media_type text not null,
  stored_by_name text not null,
  stored_at timestamptz not null
);
create index evidence_file_subject on evidence_file (subject, id);

alter table evidence_file enable row level security;
alter table evidence_file force row level security;
create policy evidence_file_scope on evidence_file
  using (haidang_sees(organisation_id, tlp_rank) or haidang_sees(shared_with, tlp_rank))
  with check (haidang_sees(organisation_id, tlp_rank) or haidang_sees(shared_with, tlp_rank));
