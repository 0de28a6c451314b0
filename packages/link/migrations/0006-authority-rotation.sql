-- Which authority signed the certificate a station showed last (its fingerprint), and whether the station is told to
-- renew before its time, because the keys it is to believe have changed.
alter table station
  add column authority text,
  add column renewal_due boolean not null default false;

-- The keys this node's organisation ever signed with: public parts, for what they signed while they were valid.
create table link_signing_key (
  kid text primary key,
  x text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  -- Why it ended: rotated or lost.
  how text
);
create unique index link_signing_key_current on link_signing_key ((true)) where valid_to is null;
alter table link_signing_key enable row level security;
alter table link_signing_key force row level security;
create policy link_signing_key_scope on link_signing_key
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));
