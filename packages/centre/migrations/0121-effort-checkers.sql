-- Nobody who checked a sheet, once or earlier, approves it; a sheet of an order of an exercise is one too.
alter table effort_sheet add column checkers text[] not null default '{}';
update effort_sheet set checkers = array[checker_id] where checker_id <> '';
alter table effort_sheet drop column checker_id;
alter table effort_sheet add column simulated boolean not null default false;
update effort_sheet s set simulated = o.simulated from coordination_order o where o.id = s.order_id;
alter table effort_sheet alter column simulated drop default;
