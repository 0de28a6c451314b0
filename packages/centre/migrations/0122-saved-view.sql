-- A list with its filter, as somebody named it: for themselves, or for everybody of their organisation.
create table saved_view (
  id text primary key,
  person_id text not null references person (id) on delete cascade,
  person_name text not null,
  organisation_id text not null references organisation (id),
  -- Address of the list.
  page text not null,
  name text not null,
  search jsonb not null,
  shared boolean not null,
  updated_at timestamptz not null
);
create unique index saved_view_name on saved_view (person_id, page, lower(name));
create index saved_view_shared on saved_view (organisation_id, page) where shared;

-- Which view a person begins a list with.
create table saved_view_start (
  person_id text not null references person (id) on delete cascade,
  page text not null,
  organisation_id text not null references organisation (id),
  view_id text not null references saved_view (id) on delete cascade,
  primary key (person_id, page)
);
create index saved_view_start_view on saved_view_start (view_id);

alter table saved_view enable row level security;
alter table saved_view force row level security;
create policy saved_view_scope on saved_view
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));
alter table saved_view_start enable row level security;
alter table saved_view_start force row level security;
create policy saved_view_start_scope on saved_view_start
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));
