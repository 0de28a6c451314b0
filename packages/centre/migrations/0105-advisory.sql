-- Advisories and warnings: drafts on their way to publication, what was published, who was told and what they said.
create table advisory_draft (
  id text primary key,
  -- The issuer.
  organisation_id text not null references organisation (id),
  tlp_rank smallint not null,
  -- Of the advisory the draft would replace.
  number text,
  published_version integer not null,
  revision integer not null,
  stage text not null,
  content jsonb not null,
  addressees jsonb not null,
  change_note text not null,
  -- People behind everything that was written since the last publication: none of them approves it.
  authors text[] not null,
  author_name text not null,
  reviewer_name text not null,
  review_note text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  folded text not null
);
create index advisory_draft_newest on advisory_draft (updated_at, id);

create table advisory (
  id text primary key,
  -- The issuer.
  organisation_id text not null,
  organisation_name text not null,
  tlp_rank smallint not null,
  number text not null,
  state text not null,
  version integer not null,
  content jsonb not null,
  simulated boolean not null,
  published_by_name text not null,
  published_at timestamptz not null,
  updated_at timestamptz not null,
  folded text not null,
  unique (organisation_id, number)
);
create index advisory_newest on advisory (updated_at, id);

-- One ladder for each addressee; `details` are the lines it alone is told.
create table advisory_addressee (
  advisory_id text not null references advisory (id),
  organisation_id text not null,
  organisation_name text not null,
  organisation_kind text not null,
  issuer_id text not null,
  tlp_rank smallint not null,
  version integer not null,
  -- Of what this addressee was told last, so that nobody is told the same twice.
  told_hash text not null,
  step text not null,
  assessment text,
  note text not null,
  details jsonb not null,
  due_at timestamptz,
  overdue boolean not null,
  delivered_at timestamptz,
  read_at timestamptz,
  assessed_at timestamptz,
  remediated_at timestamptz,
  verified_at timestamptz,
  folded text generated always as (haidang_fold(organisation_name)) stored,
  primary key (advisory_id, organisation_id)
);
create index advisory_addressee_name on advisory_addressee (advisory_id, folded, organisation_id);
create index advisory_addressee_organisation on advisory_addressee (organisation_id, advisory_id);
create index advisory_addressee_undelivered on advisory_addressee (advisory_id, organisation_id)
  where step = 'issued';
create index advisory_addressee_due on advisory_addressee (due_at) where not overdue;

-- Append-only: what was said stays said.
create table advisory_entry (
  id text primary key,
  position bigint generated always as identity,
  advisory_id text not null references advisory (id),
  organisation_id text not null,
  issuer_id text not null,
  tlp_rank smallint not null,
  version integer not null,
  step text not null,
  assessment text,
  note text not null,
  time timestamptz not null,
  actor_name text not null
);
create index advisory_entry_of on advisory_entry (advisory_id, organisation_id, position);

create table advisory_version (
  advisory_id text not null references advisory (id),
  version integer not null,
  -- The issuer.
  organisation_id text not null,
  state text not null,
  time timestamptz not null,
  actor_name text not null,
  change_note text not null,
  content jsonb not null,
  primary key (advisory_id, version)
);

-- Generated from src/row-access.ts.
alter table advisory_draft enable row level security;
alter table advisory_draft force row level security;
create policy advisory_draft_scope on advisory_draft
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));

alter table advisory_addressee enable row level security;
alter table advisory_addressee force row level security;
create policy advisory_addressee_scope on advisory_addressee
  using (
    (tlp_rank <= (select nullif(current_setting('haidang.tlp', true), '')::int)
      and ((select current_setting('haidang.organisations', true) = '*')
        or organisation_id = any (
          (select string_to_array(current_setting('haidang.organisations', true), ','))::text[])))
    or (tlp_rank <= (select nullif(current_setting('haidang.tlp', true), '')::int)
      and ((select current_setting('haidang.organisations', true) = '*')
        or issuer_id = any (
          (select string_to_array(current_setting('haidang.organisations', true), ','))::text[]))))
  with check (haidang_sees(organisation_id, tlp_rank) or haidang_sees(issuer_id, tlp_rank));

alter table advisory_entry enable row level security;
alter table advisory_entry force row level security;
create policy advisory_entry_scope on advisory_entry
  using (haidang_sees(organisation_id, tlp_rank) or haidang_sees(issuer_id, tlp_rank))
  with check (haidang_sees(organisation_id, tlp_rank) or haidang_sees(issuer_id, tlp_rank));

alter table advisory enable row level security;
alter table advisory force row level security;
create policy advisory_scope on advisory
  using (
    haidang_sees(organisation_id, tlp_rank)
    or exists (
      select from advisory_addressee a
      where a.advisory_id = advisory.id
        and (a.tlp_rank <= (select nullif(current_setting('haidang.tlp', true), '')::int)
          and ((select current_setting('haidang.organisations', true) = '*')
            or a.organisation_id = any (
              (select string_to_array(current_setting('haidang.organisations', true), ','))::text[])))))
  with check (
    haidang_sees(organisation_id, tlp_rank)
    or exists (
      select from advisory_addressee a
      where a.advisory_id = advisory.id and (haidang_sees(a.organisation_id, a.tlp_rank))));

alter table advisory_version enable row level security;
alter table advisory_version force row level security;
create policy advisory_version_scope on advisory_version for select
  using (advisory_id in (select id from advisory));
create policy advisory_version_insert on advisory_version for insert
  with check (haidang_sees(organisation_id, 0) and advisory_id in (select id from advisory));
create policy advisory_version_update on advisory_version for update
  using (haidang_sees(organisation_id, 0) and advisory_id in (select id from advisory))
  with check (haidang_sees(organisation_id, 0) and advisory_id in (select id from advisory));
create policy advisory_version_delete on advisory_version for delete
  using (haidang_sees(organisation_id, 0) and advisory_id in (select id from advisory));

update role set permissions = permissions || '["advisory.read"]' where permissions ? 'order.read';
update role set permissions = permissions || '["advisory.answer"]' where permissions ? 'order.answer';
update role set permissions = permissions || '["advisory.write", "advisory.review", "advisory.publish"]'
  where permissions ? 'order.issue';
