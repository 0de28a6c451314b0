-- The memory of behaviour detection becomes that of any detection with a memory, each under its name.
alter table behaviour_snapshot rename to detection_snapshot;
alter index behaviour_snapshot_pkey rename to detection_snapshot_pkey;
alter policy behaviour_snapshot_of_node on detection_snapshot rename to detection_snapshot_of_node;

alter table behaviour_range rename to detection_range;
alter policy behaviour_range_of_node on detection_range rename to detection_range_of_node;
alter table detection_range add column name text not null default 'behaviour';
alter table detection_range alter column name drop default;
alter table detection_range drop constraint behaviour_range_pkey;
alter table detection_range add primary key (name, segment, "offset");
