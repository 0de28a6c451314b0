-- What waits in a box, in bytes of its lines, and how many records ever gave way to its quota.
alter table link_box
  add column bytes bigint not null default 0,
  add column dropped bigint not null default 0;
update link_box as box set bytes = coalesce((
  select sum(size) from link_box_record as record
  where record.direction = box.direction and record.node_id = box.node_id and record.stream = box.stream), 0);
