-- Orders issued here, and orders a parent issued to this node's organisation (`remote`).
create table coordination_order (
  id text primary key,
  -- The issuer.
  organisation_id text not null,
  organisation_name text not null,
  tlp_rank smallint not null,
  remote boolean not null,
  number text not null,
  kind text not null,
  urgency text not null,
  title text not null,
  situation text not null,
  actions jsonb not null,
  legal_basis jsonb not null,
  state text not null,
  withdrawal text,
  incident_id text,
  report_due_at timestamptz,
  simulated boolean not null,
  issued_by_name text not null,
  issued_at timestamptz not null,
  updated_at timestamptz not null,
  closed_at timestamptz,
  folded text not null
);
create index coordination_order_issued on coordination_order (issued_at, id);
create index coordination_order_state on coordination_order (state, issued_at, id);
create index coordination_order_incident on coordination_order (incident_id)
  where incident_id is not null;

-- One ladder for each addressee.
create table order_addressee (
  order_id text not null references coordination_order (id),
  organisation_id text not null,
  organisation_name text not null,
  issuer_id text not null,
  tlp_rank smallint not null,
  role text not null,
  step text not null,
  due_at timestamptz,
  overdue boolean not null default false,
  over_link boolean not null,
  primary key (order_id, organisation_id)
);
create index order_addressee_organisation on order_addressee (organisation_id, step);
create index order_addressee_due on order_addressee (due_at) where not overdue;

-- Append-only: what was said on a ladder stays said.
create table order_entry (
  id text primary key,
  position bigint generated always as identity,
  order_id text not null references coordination_order (id),
  organisation_id text not null,
  issuer_id text not null,
  tlp_rank smallint not null,
  step text not null,
  time timestamptz not null,
  actor_name text not null,
  via text not null,
  note text not null,
  results jsonb not null,
  evidence jsonb not null
);
create index order_entry_order on order_entry (order_id, organisation_id, position);

alter table order_addressee enable row level security;
alter table order_addressee force row level security;
-- The issuer sees all ladders of its orders, an addressee its own.
create policy order_addressee_scope on order_addressee
  using (haidang_sees(organisation_id, tlp_rank) or haidang_sees(issuer_id, tlp_rank))
  with check (haidang_sees(organisation_id, tlp_rank) or haidang_sees(issuer_id, tlp_rank));

alter table order_entry enable row level security;
alter table order_entry force row level security;
create policy order_entry_scope on order_entry
  using (haidang_sees(organisation_id, tlp_rank) or haidang_sees(issuer_id, tlp_rank))
  with check (haidang_sees(organisation_id, tlp_rank) or haidang_sees(issuer_id, tlp_rank));

alter table coordination_order enable row level security;
alter table coordination_order force row level security;
create policy coordination_order_scope on coordination_order
  using (
    haidang_sees(organisation_id, tlp_rank)
    or exists (
      select from order_addressee a
      where a.order_id = coordination_order.id and haidang_sees(a.organisation_id, a.tlp_rank)))
  with check (
    haidang_sees(organisation_id, tlp_rank)
    or exists (
      select from order_addressee a
      where a.order_id = coordination_order.id and haidang_sees(a.organisation_id, a.tlp_rank)));
