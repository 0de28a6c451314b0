create table journal (
  seq bigint primary key,
  id text not null unique,
  time timestamptz not null,
  type text not null,
  -- Null: the node's own.
  organisation_id text,
  tlp_rank smallint not null,
  actor_id text not null,
  actor_name text not null,
  authority text not null,
  subject text not null,
  related jsonb not null,
  reason text not null,
  before jsonb,
  after jsonb,
  previous_hash text not null,
  hash text not null
);
comment on table journal is 'append-only: hash-chained record of who did what';
create index journal_subject on journal (subject, seq);
create index journal_type on journal (type, seq);
create index journal_related on journal using gin (related jsonb_path_ops);

alter table journal enable row level security;
alter table journal force row level security;
create policy journal_scope on journal
  using (haidang_sees(organisation_id, tlp_rank))
  with check (haidang_sees(organisation_id, tlp_rank));

-- The end of the chain, for whoever appends: of the last row, which may be another organisation's, it
-- tells position and hash only.
create function journal_head() returns table (seq bigint, hash text)
language plpgsql
as $$
declare
  organisations text := current_setting('haidang.organisations', true);
  tlp text := current_setting('haidang.tlp', true);
begin
  perform set_config('haidang.organisations', '*', true), set_config('haidang.tlp', '4', true);
  return query select last.seq, last.hash from journal last order by last.seq desc limit 1;
  perform set_config('haidang.organisations', organisations, true), set_config('haidang.tlp', tlp, true);
end $$;

-- How far each consequence has read.
create table journal_reader (
  name text primary key,
  seq bigint not null
);
alter table journal_reader enable row level security;
alter table journal_reader force row level security;
create policy journal_reader_of_node on journal_reader
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));
