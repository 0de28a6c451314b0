-- How a membership of the network came where it is: every act with its reason.
create table membership_step (
  id text primary key,
  organisation_id text not null references organisation (id),
  act text not null,
  state text not null,
  reason text not null,
  application jsonb,
  agreement jsonb,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  seq bigint generated always as identity
);
create index membership_step_of on membership_step (organisation_id, seq);
comment on table membership_step is 'append-only: the history of memberships';

alter table membership_step enable row level security;
alter table membership_step force row level security;
create policy membership_step_scope on membership_step
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

-- What an organisation’s own people ask to have changed, and what became of it.
create table organisation_request (
  id text primary key,
  organisation_id text not null references organisation (id),
  state text not null,
  before jsonb not null,
  asked jsonb not null,
  kept jsonb,
  reason text not null,
  asked_by_id text not null,
  asked_by text not null,
  asked_at timestamptz not null,
  decision text not null,
  decided_by text not null,
  decided_at timestamptz
);
create index organisation_request_asked on organisation_request (asked_at, id);
create index organisation_request_of on organisation_request (organisation_id) where state = 'open';

alter table organisation_request enable row level security;
alter table organisation_request force row level security;
create policy organisation_request_scope on organisation_request
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

update role set permissions = permissions || '["membership.manage", "group.manage"]'
  where id in ('administrator', 'coordinator');
update role set permissions = permissions || '["organisation.propose"]'
  where id in ('administrator', 'coordinator', 'focal-point');
