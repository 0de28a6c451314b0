-- Hand-overs of shifts and what is handed over; an item belongs to whoever its object belongs to.
create table handover (
  id text primary key,
  organisation_id text not null references organisation (id),
  shift_id text,
  from_id text not null references person (id),
  to_id text references person (id),
  note text not null,
  automatic boolean not null,
  state text not null,
  prepared_at timestamptz not null,
  due_at timestamptz not null,
  acknowledged_at timestamptz,
  item_count integer not null,
  open_count integer not null
);
create index handover_newest on handover (prepared_at desc, id desc);
create unique index handover_open on handover (from_id) where state in ('prepared', 'taken');
create index handover_shift on handover (shift_id);

create table handover_item (
  handover_id text not null references handover (id),
  position integer not null,
  organisation_id text not null,
  tlp_rank smallint not null,
  kind text not null,
  object_id text not null,
  page_id text not null,
  label text not null,
  title text not null,
  due_at timestamptz,
  unowned boolean not null,
  marked boolean not null,
  note text not null,
  acknowledged_at timestamptz,
  outcome text,
  primary key (handover_id, position)
);

alter table handover enable row level security;
alter table handover force row level security;
create policy handover_scope on handover
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));
alter table handover_item enable row level security;
alter table handover_item force row level security;
create policy handover_item_scope on handover_item
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));
