-- Who makes a link for a contact point sees it. Only the one that goes by mail, which nobody here sees, proves that a
-- key is of who reads that address; keys confirmed before were not held apart and are to be confirmed anew.
alter table contact_point
  add column mailed_hash text,
  add column key_confirmed_at timestamptz;
create unique index contact_point_mailed on contact_point (mailed_hash) where mailed_hash is not null;
create index contact_point_email on contact_point (lower(email)) where openpgp <> '';
