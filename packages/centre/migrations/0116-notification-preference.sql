-- How somebody wants to be told by mail; without a row: at once, of everything.
create table notification_preference (
  person_id text primary key references person (id) on delete cascade,
  organisation_id text not null references organisation (id),
  preference jsonb not null,
  updated_at timestamptz not null
);
alter table notification_preference enable row level security;
alter table notification_preference force row level security;
create policy notification_preference_scope on notification_preference
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

-- When a mail goes out by what its reader wants: '' until it was asked. `digest_id` names the mails that went into one,
-- from the moment they were put together: the same again after a kill.
alter table delivery
  add column timing text not null default '' check (timing in ('', 'single', 'digest')),
  add column digest_id text not null default '',
  add column planned_at timestamptz;
update delivery set timing = 'single';
create index delivery_digest on delivery (address, organisation_id) where state = 'queued' and timing = 'digest';
create index delivery_digest_of on delivery (digest_id) where digest_id <> '';
