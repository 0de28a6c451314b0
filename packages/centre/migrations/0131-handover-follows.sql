-- What is handed over is as confidential as it is now, and the organisation's it is now: a title that was amber when the
-- shift ended is red as soon as its incident is.
create function haidang_handover_follow() returns trigger
language plpgsql
set haidang.organisations = '*' set haidang.tlp = '4'
as $$ begin
  update handover_item set organisation_id = new.organisation_id, tlp_rank = new.tlp_rank
    where object_id = new.id;
  return null;
end $$;
create index handover_item_object on handover_item (object_id);
create trigger handover_follows after update on incident
  for each row when (old.tlp_rank <> new.tlp_rank or old.organisation_id <> new.organisation_id)
  execute function haidang_handover_follow();
create trigger handover_follows after update on cluster
  for each row when (old.tlp_rank <> new.tlp_rank or old.organisation_id <> new.organisation_id)
  execute function haidang_handover_follow();
create trigger handover_follows after update on incident_report
  for each row when (old.tlp_rank <> new.tlp_rank or old.organisation_id <> new.organisation_id)
  execute function haidang_handover_follow();
create trigger handover_follows after update on coordination_order
  for each row when (old.tlp_rank <> new.tlp_rank or old.organisation_id <> new.organisation_id)
  execute function haidang_handover_follow();
create trigger handover_follows after update on deadline
  for each row when (old.tlp_rank <> new.tlp_rank or old.organisation_id <> new.organisation_id)
  execute function haidang_handover_follow();
update handover_item i set organisation_id = o.organisation_id, tlp_rank = o.tlp_rank
  from (select id, organisation_id, tlp_rank from incident
    union all select id, organisation_id, tlp_rank from cluster
    union all select id, organisation_id, tlp_rank from incident_report
    union all select id, organisation_id, tlp_rank from coordination_order
    union all select id, organisation_id, tlp_rank from deadline) o
  where o.id = i.object_id
    and (i.organisation_id, i.tlp_rank) is distinct from (o.organisation_id, o.tlp_rank);

-- What one officer may not see or own another takes over.
alter table handover_item add column to_id text references person (id);
update handover_item i set to_id = h.to_id from handover h
  where h.id = i.handover_id and i.acknowledged_at is not null;

-- One that still waits does not keep the next shift from being handed over.
drop index handover_open;
create unique index handover_open on handover (from_id, coalesce(shift_id, ''))
  where state in ('prepared', 'taken');

-- A list that was cut short says so.
alter table handover add column more boolean not null default false;

-- Shifts whose end the node has seen to: it hands none over twice.
create table handover_seen (
  shift_id text primary key,
  organisation_id text not null,
  seen_at timestamptz not null
);

-- Generated from src/row-access.ts.
alter table handover_seen enable row level security;
alter table handover_seen force row level security;
create policy handover_seen_scope on handover_seen
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));
