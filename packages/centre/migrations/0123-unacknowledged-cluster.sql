-- Since when a grave cluster waits at this node for somebody to acknowledge it, and how many steps were taken.
create table cluster_wait (
  cluster_id text primary key references cluster (id) on delete cascade,
  organisation_id text not null,
  tlp_rank smallint not null,
  since timestamptz not null,
  steps smallint not null default 0
);
create index cluster_wait_since on cluster_wait (since);
create index cluster_new_grave on cluster (severity_rank, id) where state = 'new' and merged_into is null;

alter table cluster_wait enable row level security;
alter table cluster_wait force row level security;
create policy cluster_wait_scope on cluster_wait
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));
