-- What people and contact points are told. `once` says what it is about and to whom: told twice, it stands once.
create table notification (
  id text primary key,
  once text not null unique,
  organisation_id text not null references organisation (id),
  sender_id text,
  sender_person_id text,
  tlp_rank smallint not null,
  kind text not null,
  object_id text not null,
  person_id text,
  contact_id text,
  title text not null,
  text text not null,
  path text not null,
  urgent boolean not null,
  created_at timestamptz not null,
  read_at timestamptz
);
create index notification_person on notification (person_id, created_at desc, id desc);
create index notification_unread on notification (person_id) where read_at is null;
alter table notification enable row level security;
alter table notification force row level security;
create policy notification_scope on notification
  using (haidang_sees(organisation_id, tlp_rank) or haidang_sees(sender_id, tlp_rank))
  with check (haidang_sees(organisation_id, tlp_rank) or haidang_sees(sender_id, tlp_rank));

-- One mail of it. `sealed` holds a one-time link until the mail is out, and nothing afterwards.
create table delivery (
  id text primary key,
  notification_id text not null references notification (id) on delete cascade,
  organisation_id text not null references organisation (id),
  sender_id text,
  tlp_rank smallint not null,
  kind text not null,
  object_id text not null,
  title text not null,
  recipient_name text not null,
  address text not null,
  language text not null,
  urgent boolean not null,
  state text not null check (state in ('queued', 'sent', 'failed', 'suppressed')),
  cause text not null,
  answer text not null,
  attempts integer not null,
  sealed text not null,
  due_at timestamptz not null,
  created_at timestamptz not null,
  sent_at timestamptz
);
create index delivery_created on delivery (created_at desc, id desc);
create index delivery_object on delivery (object_id);
create index delivery_due on delivery (urgent desc, due_at) where state = 'queued';
create index delivery_waiting on delivery (address) where state = 'queued';
alter table delivery enable row level security;
alter table delivery force row level security;
create policy delivery_scope on delivery
  using (haidang_sees(organisation_id, tlp_rank) or haidang_sees(sender_id, tlp_rank))
  with check (haidang_sees(organisation_id, tlp_rank) or haidang_sees(sender_id, tlp_rank));

update role set permissions = permissions || '["delivery.read"]'
  where id in ('administrator', 'coordinator', 'leader', 'auditor', 'watch-officer');
