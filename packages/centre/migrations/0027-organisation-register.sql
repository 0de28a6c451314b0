-- Organisations as the register of the network keeps them: sector, place, whom they are under, whom to reach.
alter table organisation
  add column sectors jsonb not null default '[]',
  add column unit text not null default '',
  add column address text not null default '',
  add column website text not null default '',
  add column membership text not null default 'none',
  add column folded_name text generated always as (haidang_fold(name || ' ' || code)) stored;
create index organisation_unit on organisation (unit) where unit <> '';
create index organisation_membership on organisation (membership, id);

-- Whom an organisation is under and what it is in the network, from day to day (null: no bound).
create table organisation_tie (
  id text primary key,
  organisation_id text not null references organisation (id),
  kind text not null check (kind in ('parent', 'mandate')),
  parent_id text references organisation (id),
  mandate text,
  valid_from date,
  valid_to date,
  basis text not null,
  check (valid_from is null or valid_to is null or valid_from <= valid_to),
  check ((kind = 'parent') = (parent_id is not null)),
  check ((kind = 'mandate') = (mandate is not null)),
  check (parent_id <> organisation_id)
);
create index organisation_tie_of on organisation_tie (organisation_id);
create index organisation_tie_parent on organisation_tie (parent_id) where parent_id is not null;
create index organisation_tie_mandate on organisation_tie (mandate) where mandate is not null;

alter table organisation_tie enable row level security;
alter table organisation_tie force row level security;
create policy organisation_tie_scope on organisation_tie
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

-- Whom to reach, for what, by which key; and until when what is written was confirmed by who is written.
create table contact_point (
  id text primary key,
  organisation_id text not null references organisation (id),
  purpose text not null,
  name text not null,
  position text not null,
  phone text not null,
  email text not null,
  openpgp text not null,
  key jsonb,
  verified_at timestamptz,
  due_at timestamptz,
  -- SHA-256 of the token of the link that waits for an answer.
  token_hash text,
  asked_at timestamptz,
  token_expires_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index contact_point_of on contact_point (organisation_id, purpose);
create index contact_point_updated on contact_point (updated_at, id);
create unique index contact_point_token on contact_point (token_hash) where token_hash is not null;

alter table contact_point enable row level security;
alter table contact_point force row level security;
create policy contact_point_scope on contact_point
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

-- What organisations carried so far becomes contact points nobody has confirmed yet.
insert into contact_point (id, organisation_id, purpose, name, position, phone, email, openpgp, created_at, updated_at)
select 'cpt_' || overlay(overlay(gen_random_uuid()::text placing '7' from 15 for 1) placing 'a' from 20 for 1),
  id, case when coalesce((contact ->> 'out_of_hours')::boolean, false) then 'duty' else 'technical' end,
  contact ->> 'name', '', coalesce(contact ->> 'phone', ''), coalesce(contact ->> 'email', ''), '',
  created_at, updated_at
from organisation, jsonb_array_elements(contacts) as contact;
alter table organisation drop column contacts;

-- Coordinators keep the register of members.
update role set permissions = permissions || '["organisation.manage"]'
  where id = 'coordinator' and not permissions ? 'organisation.manage';
