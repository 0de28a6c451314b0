-- Mails that came into the mailbox of the node. `once` is the digest of what was fetched, with the lines servers
-- wrote on its way: the same mail read again, from a mailbox that counts anew, stands once.
create table received_mail (
  id text primary key,
  once text not null unique,
  organisation_id text not null references organisation (id),
  tlp_rank smallint not null,
  kind text not null,
  state text not null check (state in ('unfiled', 'filed', 'dismissed')),
  message_id text not null,
  from_name text not null,
  from_address text not null,
  recipients jsonb not null,
  subject text not null,
  body text not null,
  size bigint not null,
  files jsonb not null,
  sha256 text not null,
  object_id text not null,
  delivery_id text not null,
  sent_at timestamptz,
  received_at timestamptz not null,
  settled_by text not null,
  settled_at timestamptz,
  settled_reason text not null
);
create index received_mail_received on received_mail (received_at desc, id desc);
create index received_mail_unfiled on received_mail (received_at desc, id desc) where state = 'unfiled';
create index received_mail_object on received_mail (object_id) where object_id <> '';
create index received_mail_sender on received_mail (lower(from_address), received_at);
alter table received_mail enable row level security;
alter table received_mail force row level security;
create policy received_mail_scope on received_mail
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));

-- How far the mailbox was read, moved in the transaction that keeps the mail.
create table mailbox_position (
  mailbox text primary key,
  validity text not null,
  uid bigint not null
);
alter table mailbox_position enable row level security;
alter table mailbox_position force row level security;
create policy mailbox_position_of_node on mailbox_position
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

update role set permissions = permissions || '["mail.read"]'
  where id in ('administrator', 'coordinator', 'auditor', 'watch-officer');
update role set permissions = permissions || '["mail.file"]'
  where id in ('administrator', 'coordinator', 'watch-officer');
