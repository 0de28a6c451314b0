-- At which organisations each rule and each acting public address was lately, kept as clusters grow, so that
-- looking for what spreads need not read the clusters. More may stand here than counts: a look verifies.
create table spread_presence (
  kind text not null,
  what text not null,
  simulated boolean not null,
  organisation_id text not null,
  severity_rank smallint not null,
  -- Up to ten minutes behind.
  last_time timestamptz not null,
  primary key (kind, what, simulated, organisation_id)
);
alter table spread_presence enable row level security;
alter table spread_presence force row level security;
create policy spread_presence_of_node on spread_presence
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

insert into spread_presence
  select 'rule', detector || ':' || rule_id, simulated, organisation_id, max(severity_rank), max(last_time)
  from cluster where not starts_with(rule_id, 'spread:') group by 1, 2, 3, 4;
insert into spread_presence
  select 'source', entity, simulated, organisation_id, max(severity_rank), max(last_time)
  from cluster
  where not starts_with(rule_id, 'spread:') and entity ~ '^[0-9a-fA-F:.]+$'
    and last_time > now() - interval '30 days'
  group by 1, 2, 3, 4;
