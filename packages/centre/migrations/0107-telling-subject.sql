-- What is told to many may be an advisory, too.
alter table telling_round drop constraint telling_round_order_id_fkey;
alter table telling_round rename column order_id to subject_id;
