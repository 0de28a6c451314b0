-- Links by which a contact point answers an order from its mail: one addressee, order and version; of the token only
-- the hash.
create table answer_link (
  id text primary key,
  token_hash text not null unique,
  order_id text not null references coordination_order (id),
  version integer not null,
  organisation_id text not null,
  issuer_id text not null,
  tlp_rank smallint not null,
  contact_id text not null,
  contact_name text not null,
  address text not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  -- How often it was answered by, and what the client called the last time: a repeat answers nothing twice.
  answers integer not null default 0,
  last_request text,
  answered_at timestamptz
);
create index answer_link_expires on answer_link (expires_at);
alter table answer_link enable row level security;
alter table answer_link force row level security;
create policy answer_link_scope on answer_link
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));

alter table order_entry
  add column help boolean not null default false,
  -- Of an answer by such a link: which, whose, sent where, from where it came.
  add column proof jsonb;
