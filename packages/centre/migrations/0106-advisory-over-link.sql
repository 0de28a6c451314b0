-- Advisories told to organisations that have a node of their own, and those a node above told to this one.
alter table advisory add column remote boolean not null default false;
alter table advisory alter column remote drop default;

alter table advisory_addressee
  add column over_link boolean not null default false,
  -- What was found out about each information system, as the addressee names them.
  add column systems jsonb not null default '[]';
alter table advisory_addressee
  alter column over_link drop default,
  alter column systems drop default;

alter table advisory_entry add column systems jsonb not null default '[]';
alter table advisory_entry alter column systems drop default;

-- Who has a node of their own says itself that it was delivered.
drop index advisory_addressee_undelivered;
create index advisory_addressee_undelivered on advisory_addressee (advisory_id, organisation_id)
  where step = 'issued' and not over_link;
