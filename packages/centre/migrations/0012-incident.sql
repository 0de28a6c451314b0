-- Running numbers of a year, for people: incidents, orders. They belong to the node.
create table running_number (
  series text not null,
  year integer not null,
  last integer not null,
  primary key (series, year)
);
alter table running_number enable row level security;
alter table running_number force row level security;
create policy running_number_scope on running_number
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

-- The next number of a series. Who may open an incident may count, without seeing what is the node's own:
-- the setting holds for this function alone. The row stays locked to the end of the transaction.
create function haidang_next_number(of_series text, of_year integer) returns integer
language sql
set haidang.organisations = '*'
set haidang.tlp = '4'
as $$
  insert into running_number as n (series, year, last) values (of_series, of_year, 1)
  on conflict (series, year) do update set last = n.last + 1
  returning last
$$;

create table incident (
  id text primary key,
  organisation_id text not null,
  tlp_rank smallint not null,
  number text not null unique,
  title text not null,
  summary text not null,
  type text not null,
  grade text not null,
  severity_rank smallint not null,
  state text not null,
  assignee_id text,
  simulated boolean not null,
  detected_at timestamptz not null,
  opened_at timestamptz not null,
  updated_at timestamptz not null,
  closed_at timestamptz,
  folded text not null,
  version integer not null default 1
);
create index incident_opened on incident (opened_at, id);
create index incident_updated on incident (updated_at, id);
create index incident_state on incident (state, opened_at, id);
create index incident_organisation on incident (organisation_id, opened_at, id);

alter table incident enable row level security;
alter table incident force row level security;
create policy incident_scope on incident
  using (haidang_sees(organisation_id, tlp_rank))
  with check (haidang_sees(organisation_id, tlp_rank));
