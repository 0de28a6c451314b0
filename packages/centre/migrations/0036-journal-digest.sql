-- What the node signed of its journal at the end of each day.
create table journal_digest (
  day date primary key,
  entries bigint not null,
  document jsonb not null
);
comment on table journal_digest is 'append-only: one signed digest of the journal for each day';

alter table journal_digest enable row level security;
alter table journal_digest force row level security;
create policy journal_digest_of_node on journal_digest
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));
