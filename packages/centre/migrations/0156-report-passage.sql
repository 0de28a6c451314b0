-- The way of a report of an incident between the node of who reports and its parent: at the one what was sent and what
-- became of it there, at the other whose it is. What one tells twice stands once, by the identifier of the sender.
create table report_passage (
  report_id text primary key references incident_report (id),
  organisation_id text not null references organisation (id),
  tlp_rank smallint not null,
  direction text not null check (direction in ('sent', 'received')),
  state text not null check (state in ('waiting', 'received', 'refused', 'kept')),
  -- The identifier of the report at the node it came from.
  told_as text not null,
  node_id text not null,
  number text not null,
  judged text,
  question text not null,
  reason text not null,
  code text not null,
  revision integer not null,
  at timestamptz not null
);
create unique index report_passage_told_as on report_passage (organisation_id, told_as)
  where direction = 'received';
alter table report_passage enable row level security;
alter table report_passage force row level security;
create policy report_passage_scope on report_passage
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));

-- Forms of stages as another node submitted them, with the definition they were filled into there.
create table reported_stage (
  report_id text not null references incident_report (id),
  form_id text not null,
  organisation_id text not null references organisation (id),
  tlp_rank smallint not null,
  form jsonb not null,
  received_at timestamptz not null,
  primary key (report_id, form_id)
);
alter table reported_stage enable row level security;
alter table reported_stage force row level security;
create policy reported_stage_scope on reported_stage
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));

-- What was reported before this version was told by hand where it had to be: only what comes from now on is sent.
insert into journal_reader (name, seq)
  select 'incident-report-envelopes', coalesce(max(seq), 0) from journal
  on conflict (name) do nothing;
