create table organisation (
  id text primary key,
  code text not null,
  name text not null,
  kind text not null,
  home boolean not null default false,
  contacts jsonb not null default '[]',
  simulated boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
-- Codes differ in more than the case of their letters.
create unique index organisation_code on organisation (lower(code));
-- A node belongs to one organisation.
create unique index organisation_home on organisation (home) where home;
create index organisation_created on organisation (created_at, id);
create index organisation_name on organisation (name, id);

alter table organisation enable row level security;
alter table organisation force row level security;
create policy organisation_scope on organisation
  using (haidang_sees(id, 0)) with check (haidang_sees(id, 0));
