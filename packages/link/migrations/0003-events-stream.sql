-- Nodes that have a parent get the box of stream `events`, which earlier versions did not open.
insert into link_box (direction, node_id, stream, last, confirmed, waiting, bytes, dropped)
select direction, node_id, 'events', 0, 0, 0, 0, 0 from link_box
where direction = 'up' and stream = 'alerts'
on conflict do nothing;
