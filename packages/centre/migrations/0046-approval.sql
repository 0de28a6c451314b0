-- Dangerous acts that wait for a second person. What was approved is carried out in the transaction of the decision.
create table approval_request (
  id text primary key,
  kind text not null,
  organisation_id text not null references organisation (id),
  tlp_rank smallint not null,
  state text not null check (state in ('open', 'approved', 'done', 'refused', 'withdrawn', 'expired')),
  size integer not null,
  facts jsonb not null,
  payload jsonb not null,
  digest text not null,
  reason text not null,
  asked_by_id text not null,
  asked_by text not null,
  -- Who made the key that asked: the same person in another coat.
  behind_id text not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  decided_by_id text not null default '',
  decided_by text not null default '',
  decided_at timestamptz,
  decision text not null default '',
  outcome text not null default '',
  done_at timestamptz,
  -- Four eyes, whatever the program does.
  check (decided_by_id = '' or decided_by_id not in (asked_by_id, behind_id))
);
create index approval_request_asked on approval_request (asked_at desc, id desc);
create index approval_request_standing on approval_request (expires_at) where state in ('open', 'approved');
-- The same asked again while it is open is the same request.
create unique index approval_request_once on approval_request (asked_by_id, digest) where state = 'open';
alter table approval_request enable row level security;
alter table approval_request force row level security;
create policy approval_request_scope on approval_request
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));

-- Which acts need a second person: every version, added and never changed.
create table approval_policy (
  version integer primary key check (version > 0),
  effective_from timestamptz not null,
  rules jsonb not null,
  reason text not null,
  clause text not null,
  actor_id text not null,
  changed_by text not null,
  changed_at timestamptz not null
);
comment on table approval_policy is 'append-only: the history of the approval policy';
alter table approval_policy enable row level security;
alter table approval_policy force row level security;
create policy approval_policy_scope on approval_policy for select using (true);
create policy approval_policy_insert on approval_policy for insert with check (haidang_sees(null, 0));

update role set permissions = permissions || '["approval.read"]'
  where id in ('administrator', 'coordinator', 'leader', 'auditor');
update role set permissions = permissions || '["approval.ask"]'
  where id in ('administrator', 'coordinator', 'leader', 'auditor');
update role set permissions = permissions || '["approval.decide"]'
  where id in ('administrator', 'coordinator', 'leader');
update role set permissions = permissions || '["approval.manage"]' where id = 'administrator';
