-- What behaviour detection remembers: now and then whole, and since then what it observed in each range.
create table behaviour_snapshot (
  name text primary key,
  -- zstd of the detector's own text.
  body bytea not null
);
alter table behaviour_snapshot enable row level security;
alter table behaviour_snapshot force row level security;
create policy behaviour_snapshot_of_node on behaviour_snapshot
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

-- Ends of ranges with the observations in them, zstd of a JSON array; gone with the next snapshot.
create table behaviour_range (
  segment bigint not null,
  "offset" bigint not null,
  body bytea not null,
  primary key (segment, "offset")
);
alter table behaviour_range enable row level security;
alter table behaviour_range force row level security;
create policy behaviour_range_of_node on behaviour_range
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));
