-- Incidents merged under another: nothing of them is moved, so that taking it back finds all as it was. What the head
-- says itself is kept beside what those under it make stricter.
alter table incident
  add column merged_into text references incident (id),
  add column merge_id text,
  add column own_reach jsonb;
create index incident_merged on incident (merged_into) where merged_into is not null;
create index incident_merge_of on incident (merge_id) where merge_id is not null;

-- What lies under these incidents at any depth, as far as who asks may see it.
create function haidang_incident_members(heads text[]) returns table (head text, id text)
language sql stable
as $$
  with recursive down as (
    select i.merged_into as head, i.id from incident i where i.merged_into = any (heads)
    union all
    select down.head, i.id from incident i join down on i.merged_into = down.id
  )
  select head, id from down
$$;

-- One act of merging; ended when it is taken back.
create table incident_merge (
  id text primary key,
  head_id text not null references incident (id),
  organisation_id text not null,
  tlp_rank smallint not null,
  reason text not null,
  merged_at timestamptz not null,
  -- What the head was, and what hung on it, to tell what was done and added since.
  head_version integer not null,
  held text[] not null,
  ended_at timestamptz
);
create index incident_merge_head on incident_merge (head_id, merged_at, id);
alter table incident_merge enable row level security;
alter table incident_merge force row level security;
create policy incident_merge_scope on incident_merge
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));

-- How one incident stands to another; known to who sees both.
create table incident_link (
  id text primary key,
  organisation_id text not null,
  kind text not null,
  from_id text not null references incident (id),
  to_id text not null references incident (id),
  note text not null,
  made_at timestamptz not null,
  made_by_name text not null,
  unique (from_id, to_id, kind),
  check (from_id <> to_id)
);
create index incident_link_to on incident_link (to_id);
-- An incident is part of one campaign at most.
create unique index incident_link_campaign on incident_link (from_id) where kind = 'part_of';
alter table incident_link enable row level security;
alter table incident_link force row level security;
create policy incident_link_scope on incident_link
  for select using (from_id in (select id from incident) and to_id in (select id from incident));
create policy incident_link_insert on incident_link for insert
  with check (haidang_sees(organisation_id, 0)
    and from_id in (select id from incident) and to_id in (select id from incident));
create policy incident_link_update on incident_link for update
  using (haidang_sees(organisation_id, 0)
    and from_id in (select id from incident) and to_id in (select id from incident))
  with check (haidang_sees(organisation_id, 0)
    and from_id in (select id from incident) and to_id in (select id from incident));
create policy incident_link_delete on incident_link for delete
  using (haidang_sees(organisation_id, 0)
    and from_id in (select id from incident) and to_id in (select id from incident));
