-- Files of information systems on their way into the register. Whose rows may be anybody's (organisation_id null) is seen by roles of scope node only.
create table system_import (
  id text primary key,
  organisation_id text references organisation (id),
  tlp_rank smallint not null,
  name text not null,
  format text not null,
  existing text not null,
  -- Null once it was written.
  content bytea,
  refused bytea,
  state text not null,
  done integer not null,
  outcome jsonb,
  problem jsonb,
  scope jsonb not null,
  language text not null,
  author_name text not null,
  created_at timestamptz not null,
  ended_at timestamptz
);
create index system_import_created on system_import (created_at);

alter table system_import enable row level security;
alter table system_import force row level security;
create policy system_import_scope on system_import
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));
