-- Whole alerts, some dozens of one organisation and one TLP together: compressed by the program, which costs
-- a tenth of compressing each in a row of its own. Those written before stay in alert_body.
create table alert_pack (
  -- Of its first alert.
  id text primary key,
  organisation_id text not null,
  tlp_rank smallint not null,
  -- One line of JSON each; zstd.
  body bytea not null
);
-- Trying to compress it again would be in vain.
alter table alert_pack alter column body set storage external;

alter table alert_pack enable row level security;
alter table alert_pack force row level security;
create policy alert_pack_scope on alert_pack
  using (haidang_sees(organisation_id, tlp_rank))
  with check (haidang_sees(organisation_id, tlp_rank));

-- Where the whole alert lies: its pack and its line there, from 0.
alter table alert add column pack_id text, add column pack_line smallint;
