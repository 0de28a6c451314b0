-- What answering an order cost, from the claim to the payment (1622 II.3.b). Amounts are whole dong.
create table effort_sheet (
  id text primary key,
  order_id text not null references coordination_order (id),
  order_number text not null,
  order_title text not null,
  -- Who responded and claims.
  organisation_id text not null,
  organisation_name text not null,
  -- Who issued the order and pays.
  issuer_id text not null,
  tlp_rank smallint not null,
  state text not null,
  rules text not null,
  lines jsonb not null,
  note text not null,
  claimed bigint not null,
  checked bigint,
  -- Who checked it last approves nothing of it.
  checker_id text not null default '',
  payment jsonb,
  history jsonb not null,
  version integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  folded text generated always as
    (haidang_fold(order_number || ' ' || order_title || ' ' || organisation_name)) stored
);
create index effort_sheet_newest on effort_sheet (updated_at, id);
-- A sheet that was withdrawn leaves room for another.
create unique index effort_sheet_one on effort_sheet (order_id, organisation_id) where state <> 'withdrawn';

alter table effort_sheet enable row level security;
alter table effort_sheet force row level security;
create policy effort_sheet_scope on effort_sheet
  using (haidang_sees(organisation_id, tlp_rank) or haidang_sees(issuer_id, tlp_rank))
  with check (haidang_sees(organisation_id, tlp_rank) or haidang_sees(issuer_id, tlp_rank));

update role set permissions = permissions || '["effort.read"]'
  where id in ('administrator', 'coordinator', 'leader', 'auditor', 'focal-point');
update role set permissions = permissions || '["effort.submit"]'
  where id in ('administrator', 'focal-point');
update role set permissions = permissions || '["effort.check"]'
  where id in ('administrator', 'coordinator');
update role set permissions = permissions || '["effort.approve"]'
  where id in ('administrator', 'leader');
