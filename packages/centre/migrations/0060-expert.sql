-- The competence roster of members (annex of form 01, TT 20/2017): personal data, kept on a told basis.
create table expert (
  id text primary key,
  organisation_id text not null references organisation (id),
  name text not null,
  folded text not null,
  position text not null,
  phone text not null,
  email text not null,
  unit text not null,
  specialities jsonb not null,
  certificates jsonb not null,
  experience_years smallint not null,
  languages jsonb not null,
  on_call boolean not null,
  basis jsonb not null,
  updated_at timestamptz not null
);
create index expert_name on expert (name, id);
create index expert_of on expert (organisation_id, name, id);

alter table expert enable row level security;
alter table expert force row level security;
create policy expert_scope on expert
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

update role set permissions = permissions || '["expert.read", "expert.manage"]'
  where id in ('administrator', 'coordinator', 'focal-point');
