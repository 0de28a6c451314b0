-- What is at several organisations at a time: a rule, an indicator or an acting address, and where it was said to be.
create table spread (
  kind text not null,
  what text not null,
  simulated boolean not null,
  organisations jsonb not null,
  primary key (kind, what, simulated)
);
alter table spread enable row level security;
alter table spread force row level security;
create policy spread_of_node on spread
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));
