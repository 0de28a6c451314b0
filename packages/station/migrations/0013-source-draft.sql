-- What a source was set up as, and whether somebody is still setting it up: a draft takes records as any other does.
alter table source add column product text;
alter table source add column draft boolean not null default false;
