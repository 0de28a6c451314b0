-- A node that comes back knows which mails it had taken up and never finished: they go out at once.
alter table delivery add column leased_at timestamptz;
create index delivery_leased on delivery (leased_at) where state = 'queued' and leased_at is not null;
