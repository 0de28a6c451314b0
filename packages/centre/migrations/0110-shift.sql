-- The 24/7 duty of organisations: shifts, who asks whom to stand one, and the secret addresses of calendars.
create table shift (
  id text primary key,
  organisation_id text not null references organisation (id),
  name text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  officer_id text references person (id),
  member_ids text[] not null,
  overlap_allowed boolean not null,
  note text not null,
  version integer not null
);
create index shift_starts on shift (starts_at, id);
create index shift_of on shift (organisation_id, ends_at);

create table shift_swap (
  id text primary key,
  organisation_id text not null references organisation (id),
  shift_id text not null,
  shift_version integer not null,
  return_id text,
  return_version integer,
  from_id text not null references person (id),
  to_id text not null references person (id),
  reason text not null,
  state text not null,
  asked_at timestamptz not null,
  decided_at timestamptz
);
create index shift_swap_newest on shift_swap (asked_at desc, id desc);

create table shift_calendar (
  person_id text primary key references person (id),
  organisation_id text not null references organisation (id),
  secret_hash text not null unique,
  created_at timestamptz not null
);

alter table shift enable row level security;
alter table shift force row level security;
create policy shift_scope on shift
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));
alter table shift_swap enable row level security;
alter table shift_swap force row level security;
create policy shift_swap_scope on shift_swap
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));
alter table shift_calendar enable row level security;
alter table shift_calendar force row level security;
create policy shift_calendar_scope on shift_calendar
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

update role set permissions = permissions || '["shift.read"]'
  where permissions ? 'incident.read';
update role set permissions = permissions || '["shift.stand"]'
  where id in ('administrator', 'coordinator', 'watch-officer', 'analyst', 'focal-point');
update role set permissions = permissions || '["shift.manage"]'
  where id in ('administrator', 'coordinator', 'focal-point');
