-- Identities of machines: a role in an organisation, somebody who answers for it, and nothing but keys to come in with.
create table service_account (
  id text primary key,
  organisation_id text not null references organisation (id),
  role_id text not null references role (id),
  name text not null,
  purpose text not null,
  owner_id text not null references person (id),
  disabled boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index service_account_name on service_account (organisation_id, lower(name));
create index service_account_listed on service_account (name, id);

alter table service_account enable row level security;
alter table service_account force row level security;
create policy service_account_scope on service_account
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

alter table api_key add column account_id text references service_account (id);
create index api_key_account on api_key (account_id) where account_id is not null;

-- Who owns the accounts whose keys stand between who asked and who made the key: they approve nothing of it either.
alter table approval_request add column also_behind jsonb not null default '[]';
alter table approval_request add constraint approval_request_not_theirs
  check (decided_by_id = '' or not jsonb_exists(also_behind, decided_by_id));
