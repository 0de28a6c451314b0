-- Since when a grave cluster waits at this node for somebody to acknowledge it, and how many steps were taken.
create table unacknowledged_cluster (
  cluster_id text primary key references cluster (id) on delete cascade,
  organisation_id text not null,
  tlp_rank smallint not null,
  since timestamptz not null,
  steps smallint not null default 0
);
create index unacknowledged_cluster_since on unacknowledged_cluster (since);
create index cluster_new_grave on cluster (severity_rank, id) where state = 'new' and merged_into is null;

alter table unacknowledged_cluster enable row level security;
alter table unacknowledged_cluster force row level security;
create policy unacknowledged_cluster_scope on unacknowledged_cluster
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));
