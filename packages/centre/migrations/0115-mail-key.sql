-- OpenPGP keys of the node. `sealed` holds the private key under a key that lies beside the database; a replaced one
-- stays, for the mails that were encrypted to it.
create table mail_key (
  fingerprint text primary key,
  name text not null,
  address text not null,
  state text not null check (state in ('current', 'replaced', 'revoked')),
  armoured text not null,
  sealed text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create unique index mail_key_current on mail_key (state) where state = 'current';
alter table mail_key enable row level security;
alter table mail_key force row level security;
create policy mail_key_of_node on mail_key
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

-- How a mail went out, and to which key it was encrypted.
alter table delivery
  add column protection text not null default ''
    check (protection in ('', 'clear', 'encrypted', 'link-only')),
  add column key_fingerprint text not null default '';
update delivery set protection = 'clear' where state = 'sent';

-- What OpenPGP made of a mail that came in; `opened_sha256` is the file as it was before it was encrypted.
alter table received_mail
  add column encryption text not null default 'none' check (encryption in ('none', 'opened', 'closed')),
  add column signature text not null default 'none'
    check (signature in ('none', 'valid', 'unknown', 'expired', 'bad')),
  add column signer text not null default '',
  add column opened_sha256 text not null default '';
