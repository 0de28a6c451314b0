-- Orders to many: ladders are read page by page, late ones first, and each knows the version it is on.
alter table coordination_order
  add column version integer not null default 1,
  -- What the issuer's client calls this act, so that a repeat issues nothing twice.
  add column request_id text;
create unique index coordination_order_request on coordination_order (organisation_id, request_id)
  where request_id is not null;

alter table order_addressee
  add column version integer not null default 1,
  -- Of actions whose indicators belong to their owners: those of this addressee, by action.
  add column indicators jsonb not null default '{}',
  add column withdrawn_at timestamptz,
  add column withdrawal text not null default '',
  add column reminded_at timestamptz,
  add column folded text generated always as (haidang_fold(organisation_name)) stored,
  add column late_first text generated always as
    ((case when overdue then '0' else '1' end) || haidang_fold(organisation_name)) stored;
create index order_addressee_late on order_addressee (order_id, late_first, organisation_id);
create index order_addressee_name on order_addressee (order_id, folded, organisation_id);
create index order_addressee_tally on order_addressee
  (order_id, role, step, overdue, withdrawn_at, organisation_id, issuer_id, tlp_rank);
create index order_addressee_undelivered on order_addressee (order_id, organisation_id)
  where step = 'issued' and not over_link and withdrawn_at is null;

alter table order_entry add column version integer not null default 1;

-- What an order said before it was changed.
create table order_version (
  order_id text not null references coordination_order (id),
  version integer not null,
  -- The issuer.
  organisation_id text not null,
  time timestamptz not null,
  actor_name text not null,
  -- Why this version was replaced.
  reason text not null,
  urgency text not null,
  title text not null,
  situation text not null,
  actions jsonb not null,
  legal_basis jsonb not null,
  report_due_at timestamptz,
  primary key (order_id, version)
);
alter table order_version enable row level security;
alter table order_version force row level security;
create policy order_version_scope on order_version for select
  using (order_id in (select id from coordination_order));
create policy order_version_insert on order_version for insert
  with check (haidang_sees(organisation_id, 0) and order_id in (select id from coordination_order));
create policy order_version_update on order_version for update
  using (haidang_sees(organisation_id, 0) and order_id in (select id from coordination_order))
  with check (haidang_sees(organisation_id, 0) and order_id in (select id from coordination_order));
create policy order_version_delete on order_version for delete
  using (haidang_sees(organisation_id, 0) and order_id in (select id from coordination_order));

-- What haidang_sees says, with the settings read once a statement instead of once a row.
drop policy order_addressee_scope on order_addressee;
create policy order_addressee_scope on order_addressee
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

drop policy order_entry_scope on order_entry;
create policy order_entry_scope on order_entry
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
