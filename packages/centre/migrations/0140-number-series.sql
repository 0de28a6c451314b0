-- What is counted is named by what its pattern writes, the year included: the shipped series go on where they stood.
insert into running_number (series, year, last)
select sign || '-' || year || '-#', 0, last
from running_number
join (values ('order', 'LĐP'), ('request', 'YCĐP'), ('advisory', 'CBS'), ('warning', 'CBR'), ('incident', 'SC'),
  ('incident-report', 'TB'), ('report', 'BCSC')) as signs (kind, sign) on signs.kind = series
where year > 0;

-- Of the legal basis of an order: what stood in a regulation profile on the day of issue.
alter table coordination_order add column bases jsonb not null default '[]';
