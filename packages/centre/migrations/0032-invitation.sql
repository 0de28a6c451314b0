-- Places kept for people who are to have an account. Of the link only a hash is kept.
create table invitation (
  id text primary key,
  organisation_id text not null references organisation (id),
  role_id text not null references role (id),
  email text not null,
  name text not null,
  language text not null,
  token_hash text not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz
);
create index invitation_created on invitation (created_at, id);

alter table invitation enable row level security;
alter table invitation force row level security;
create policy invitation_scope on invitation
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

-- At most one for each person: a new one makes the one before useless.
create table auth.recovery_link (
  person_id text primary key references auth."user" (id) on delete cascade,
  token_hash text not null unique,
  factors boolean not null,
  expires_at timestamptz not null
);
grant select, insert, update, delete on auth.recovery_link to haidang_app;
alter table auth.recovery_link enable row level security;
alter table auth.recovery_link force row level security;
create policy recovery_link_of_node on auth.recovery_link
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));
