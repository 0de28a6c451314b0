-- Orders that are being told to many, some at a time: up to which addressee. What is told to all is gone.
create table telling_round (
  entry_id text primary key,
  type text not null,
  order_id text not null references coordination_order (id),
  actor_id text not null,
  reason text not null,
  told_up_to text not null,
  begun_at timestamptz not null
);
alter table telling_round enable row level security;
alter table telling_round force row level security;
create policy telling_round_of_node on telling_round
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));
