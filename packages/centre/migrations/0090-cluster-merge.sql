-- Clusters merged under another: nothing of them is moved, so that taking it back finds all as it was.
alter table cluster
  add column merged_into text references cluster (id),
  add column merge_id text;
create index cluster_merged on cluster (merged_into) where merged_into is not null;
create index cluster_merge_of on cluster (merge_id) where merge_id is not null;

-- The cluster others see in place of this one: what it was merged into, and that in turn. Null where who asks
-- may not see all on the way.
create function haidang_cluster_head(of_id text) returns text
language sql stable
as $$
  with recursive up as (
    select id, merged_into from cluster where id = of_id
    union all
    select c.id, c.merged_into from cluster c join up on c.id = up.merged_into
  )
  select id from up where merged_into is null
$$;

-- What lies under these clusters at any depth, as far as who asks may see it.
create function haidang_cluster_members(heads text[]) returns table (head text, id text)
language sql stable
as $$
  with recursive down as (
    select c.merged_into as head, c.id from cluster c where c.merged_into = any (heads)
    union all
    select down.head, c.id from cluster c join down on c.merged_into = down.id
  )
  select head, id from down
$$;

-- One act of merging; ended when it is taken back.
create table cluster_merge (
  id text primary key,
  head_id text not null references cluster (id),
  organisation_id text not null,
  tlp_rank smallint not null,
  reason text not null,
  merged_at timestamptz not null,
  -- What the head was, to tell what was done to it since.
  head_version integer not null,
  alert_count integer not null,
  ended_at timestamptz
);
create index cluster_merge_head on cluster_merge (head_id, merged_at, id);
alter table cluster_merge enable row level security;
alter table cluster_merge force row level security;
create policy cluster_merge_scope on cluster_merge
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));
