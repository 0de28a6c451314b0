-- The node was restored from a backup and this box has not met the other side since: what waits is numbered
-- above all the other side holds, because numbers may have been given out that the backup does not know.
alter table link_box add column restored boolean not null default false;
